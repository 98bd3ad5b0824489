import csv
from pathlib import Path

import pytest

from aligner.languages import glosses
from aligner.text.lemma import american, lemma, singular, singular_term

GLOSSARY = Path(__file__).parents[2] / "glossaries" / "ovcf-vertebroplasty.tsv"
PLURALS = """
fractures=fracture hexoses=hexose patients=patient discs=disc diseases=disease doses=dose sizes=size
cases=case phases=phase nurses=nurse responses=response causes=cause uses=use enzymes=enzyme
proteases=protease houses=house bodies=body biopsies=biopsy ties=tie calories=calorie processes=process
masses=mass crutches=crutch rashes=rash headaches=headache reflexes=reflex toes=toe heroes=hero
viruses=virus boluses=bolus sinuses=sinus gases=gas vertebrae=vertebra bursae=bursa algae=alga
tibiae=tibia metastases=metastasis bases=base diagnoses=diagnosis stenoses=stenosis kyphoses=kyphosis
analyses=analysis epiphyses=epiphysis hepatitides=hepatitis candidiases=candidiasis syntheses=synthesis
phalanges=phalanx larynges=larynx criteria=criterion ganglia=ganglion phenomena=phenomenon
pterygia=pterygium bacteria=bacterium endothelia=endothelium septa=septum ostia=ostium
carcinomata=carcinoma carcinomas=carcinoma foramina=foramen lumina=lumen corpora=corpus femora=femur
emboli=embolus thrombi=thrombus enterococci=enterococcus nuclei=nucleus foci=focus villi=villus
menisci=meniscus cortices=cortex indices=index vertices=vertex apices=apex varices=varix
appendices=appendix helices=helix axes=axis children=child women=woman feet=foot teeth=tooth mice=mouse
halves=half leaves=leaf lives=life CTs=CT OVCFs=OVCF RCTs=RCT Fractures=Fracture Vertebrae=Vertebra
METs=MET end-plates=end-plate
"""
SINGULARS = """
diabetes ascites herpes biceps forceps series species rabies pancreas atlas bias gas lens pelvis sepsis
virus sinus mass subspecies Pseudomonas elegans hypospadias process axis diagnosis data kidney's patient’s
AIDS SARS GAS IS HIV T12 L1 vertebra criterion this venous pneumoniae Enterobacteriaceae pylori coli
statistics pharmacokinetics orthopedics psoas is as us Navier-Stokes
"""


@pytest.mark.parametrize("row", PLURALS.split())
def test_plurals(row):
    plural, _, one = row.partition("=")
    assert singular(plural) == one
    assert singular(one) == one


@pytest.mark.parametrize("word", SINGULARS.split())
def test_words_that_are_no_plural_stay(word):
    assert singular(word) == word


def test_no_row_says_what_the_rules_say():
    rows = glosses("en", "plurals")
    assert [word for word, ones in rows.items() if len(ones) != 1] == []
    assert all(word[0] != "-" or one[0] == "-" for word, (one,) in rows.items())


def test_each_plural_of_the_glossary_falls_together_with_its_singular():
    """Whatever form the glossary lists beside its headword for number alone has the headword's lemma."""
    forms = set()
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            forms |= {row["en"], *row["en_variants"].split(" | ")}
    words = {word for form in forms for word in form.split() if word.isalpha() and word.islower()}
    endings = ("s", "es", "e", "a", "i", "ices", "ges")
    for word in sorted(words):
        one = singular(word)
        assert singular(one) == one, word
        assert one == word or word.endswith(endings) or word in {"women", "men", "children"}, (word, one)
        if word + "s" in words and not word.endswith(("s", "ic")):  # robotics is no plural
            assert lemma(word + "s") == lemma(word)
    assert {singular(word) for word in ("vertebrae", "metastases", "emboli", "orthoses", "thromboses")} == {
        "vertebra",
        "metastasis",
        "embolus",
        "orthosis",
        "thrombosis",
    }


@pytest.mark.parametrize(
    ("term", "one"),
    [
        ("", ""),
        ("vertebral bodies", "vertebral body"),
        ("Osteoporotic vertebral compression fractures", "Osteoporotic vertebral compression fracture"),
        ("fractures of the ribs", "fracture of the ribs"),
        ("contrast media", "contrast medium"),
        ("otitis media", "otitis media"),
        ("signs and symptoms", "signs and symptoms"),
        ("Helicobacter pylori", "Helicobacter pylori"),
        ("diabetes mellitus", "diabetes mellitus"),
        ("OVCFs", "OVCF"),
    ],
)
def test_a_term_is_listed_with_its_head_in_the_singular(term, one):
    assert singular_term(term) == one


@pytest.mark.parametrize(
    ("british", "spelling"),
    [
        ("oedema", "edema"),
        ("haemorrhage", "hemorrhage"),
        ("anaemia", "anemia"),
        ("tumour", "tumor"),
        ("randomised", "randomized"),
        ("analyse", "analyze"),
        ("centre", "center"),
        ("sulphate", "sulfate"),
        ("fracture", "fracture"),
    ],
)
def test_spelling(british, spelling):
    assert american(british) == spelling
    assert lemma(british.title()) == american(singular(spelling))
