"""The published schemas that written files are held to; `schemas/README.md` says where they are from."""

import io
import os
import zipfile
from functools import cache
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).parent / "schemas"
OMEGAT = Path(os.environ.get("OMEGAT_JAR") or "/usr/share/omegat/OmegaT.jar")
_XML = """<xs:schema targetNamespace="http://www.w3.org/XML/1998/namespace"
 xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:attribute name="lang" type="xs:language"/><xs:attribute name="space" type="xs:NCName"/>
<xs:attribute name="base" type="xs:anyURI"/><xs:attribute name="id" type="xs:ID"/></xs:schema>"""


class _Attributes(etree.Resolver):
    """Gives the schemas the attributes of XML itself, which they import from the web."""

    def resolve(self, system_url, public_id, context):
        return self.resolve_string(_XML, context) if system_url.endswith("xml.xsd") else None


@cache
def schema(name):
    """Return tmx14.dtd, or a schema of the folder or of OmegaT."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Attributes())
    if name == "tbx.xsd":
        with zipfile.ZipFile(OMEGAT) as jar:
            return etree.XMLSchema(etree.parse(io.BytesIO(jar.read("schemas/tbx.xsd")), parser))
    path = FOLDER / name
    return etree.DTD(str(path)) if path.suffix == ".dtd" else etree.XMLSchema(etree.parse(str(path), parser))


def faults(root, name):
    """Return what a schema finds wrong with a document."""
    found = schema(name)
    return [] if found.validate(root) else [str(error) for error in found.error_log]


def without_extensions(data, namespace):
    """Return a document without the elements and attributes of other namespaces, which schemas leave open."""
    root = etree.fromstring(data)
    for element in list(root.iter(etree.Element)):
        for name in list(element.attrib):
            if etree.QName(name).namespace not in (None, "http://www.w3.org/XML/1998/namespace"):
                del element.attrib[name]
        parent = element.getparent()
        if etree.QName(element).namespace != namespace and parent is not None:
            parent.remove(element)
    return root
