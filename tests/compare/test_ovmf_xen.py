"""GUIDs' names in edk2's packages."""

import unittest

from compare import ovmf_xen


class Names(unittest.TestCase):
    """GUIDs as edk2's packages declare them."""

    def test_declarations(self):
        """One in braces of two levels, one without; comments and other values are none."""
        text = ("  # gEfiOldGuid = {0, 1}\n"
                "  gEfiBlockIoProtocolGuid        = { 0x964E5B21, 0x6459, 0x11D2, { 0x8E, 0x39, 0x00, 0xA0, 0xC9, 0x69, 0x72, 0x3B }}\n"
                "  gSecondGuid = {0x1,0x2,0x3,{0x4,0x5,0x6,0x7,0x8,0x9,0xa,0xb}} # comment\n"
                "  gEfiMdePkgTokenSpaceGuid.PcdOne|0x10|UINT32|0x20\n")
        self.assertEqual(list(ovmf_xen.declared(text)), [("964E5B21-6459-11D2-8E39-00A0C969723B", "EfiBlockIoProtocol"),
                                                         ("00000001-0002-0003-0405-060708090A0B", "Second")])
