"""pvhefi beside OvmfXen and direct boot: the same payloads under the same Xen."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
