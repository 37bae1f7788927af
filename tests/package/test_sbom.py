"""The SBOM has what SPDX 2.3 requires, and lists what was compiled in."""

import hashlib
import json
import re
import unittest

import tree

SPDX = tree.ROOT / "build/pvhefi.spdx.json"
REQUIRED = {
    "document": {"spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"},
    "packages": {"SPDXID", "name", "downloadLocation"},
    "files": {"SPDXID", "fileName", "checksums"},
    "relationships": {"spdxElementId", "relationshipType", "relatedSpdxElement"},
}
ID = re.compile(r"SPDXRef-[A-Za-z0-9.-]+")
LINKED = {"pvhefi", "pvhefi-sources", "gnu-efi", "xen-public-headers", "gcc-freestanding-headers"}


class Sbom(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        tree.make("build/pvhefi.spdx.json")
        cls.document = json.loads(SPDX.read_text())
        cls.elements = cls.document["packages"] + cls.document["files"]

    def package(self, name):
        return next(package for package in self.document["packages"] if package["name"] == name)

    def test_required_fields(self):
        self.assertLessEqual(REQUIRED["document"], set(self.document))
        for kind in ("packages", "files", "relationships"):
            self.assertTrue(self.document[kind])
            for entry in self.document[kind]:
                self.assertLessEqual(REQUIRED[kind], set(entry))
        self.assertEqual((self.document["spdxVersion"], self.document["dataLicense"]), ("SPDX-2.3", "CC0-1.0"))
        self.assertRegex(self.document["creationInfo"]["created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertTrue(all(re.match(r"(Person|Organization|Tool): ", creator)
                            for creator in self.document["creationInfo"]["creators"]))

    def test_identifiers(self):
        identifiers = [self.document["SPDXID"]] + [element["SPDXID"] for element in self.elements]
        self.assertEqual(len(identifiers), len(set(identifiers)))
        for identifier in identifiers:
            self.assertTrue(ID.fullmatch(identifier), identifier)
        for relation in self.document["relationships"]:
            self.assertIn(relation["spdxElementId"], identifiers)
            self.assertIn(relation["relatedSpdxElement"], identifiers)

    def test_described_is_the_firmware(self):
        described = [relation["relatedSpdxElement"] for relation in self.document["relationships"]
                     if relation["relationshipType"] == "DESCRIBES"]
        firmware = self.package("pvhefi")
        self.assertEqual(described, [firmware["SPDXID"]])
        image = (tree.ROOT / "build/pvhefi.elf").read_bytes()
        self.assertEqual(firmware["checksums"],
                         [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(image).hexdigest()}])
        self.assertTrue(firmware["versionInfo"].encode() + b"\0" in image, "another version")

    def test_licences(self):
        for element in self.elements:
            self.assertNotIn(element["licenseConcluded"], ("NOASSERTION", "NONE"), element["SPDXID"])

    def test_components(self):
        self.assertEqual({package["name"] for package in self.document["packages"]}, LINKED)
        for name in LINKED:
            self.assertTrue(self.package(name)["versionInfo"])

    def test_files_are_those_that_were_compiled(self):
        names = {file["fileName"] for file in self.document["files"]}
        self.assertLessEqual({"./loader/main.c", "./loader/x86/entry.S", "./loader/x86/pvhefi.lds",
                              "./tables/xen_table.h", "./shim/runtime/calendar.c"}, names)
        self.assertFalse([name for name in names if name.startswith("./tests/")])
        for file in self.document["files"]:
            digest = hashlib.sha1((tree.ROOT / file["fileName"]).read_bytes()).hexdigest()
            self.assertEqual(file["checksums"], [{"algorithm": "SHA1", "checksumValue": digest}])

    def test_verification_code(self):
        digests = sorted(file["checksums"][0]["checksumValue"] for file in self.document["files"])
        self.assertEqual(self.package("pvhefi-sources")["packageVerificationCode"],
                         {"packageVerificationCodeValue": hashlib.sha1("".join(digests).encode()).hexdigest()})

    def test_a_header_of_unknown_licence_is_refused(self):
        with self.assertRaisesRegex(RuntimeError, "/usr/include/zlib.h is compiled in"):
            tree.run("sh", "-c", "echo 'x.o: /usr/include/zlib.h' | "
                     "packaging/sbom 1 0 build/pvhefi.elf /dev/stdin")
