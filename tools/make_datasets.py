"""Write the small data sets of the package, from the copies that scikit-learn carries.

python tools/make_datasets.py

The tables are text, so that a reader can open them. A test compares what they hold with
scikit-learn's copies.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "dlbasics" / "datasets"

DIABETES = [
    "age (years)",
    "sex (1 or 2)",
    "body mass index (kg/m²)",
    "blood pressure",
    "total cholesterol",
    "LDL cholesterol",
    "HDL cholesterol",
    "total / HDL",
    "log triglycerides",
    "blood sugar",
]


def make():
    """Return the files of the folder as bytes, by name."""
    import io

    import numpy as np
    from sklearn import datasets

    iris, cancer = datasets.load_iris(), datasets.load_breast_cancer()
    diabetes, digits = datasets.load_diabetes(scaled=False), datasets.load_digits()
    packed = io.BytesIO()
    np.savez_compressed(
        packed, X=digits.data.astype(np.uint8), labels=digits.target.astype(np.uint8)
    )
    return {
        "iris.csv": table(
            iris.data, iris.feature_names, iris.target_names[iris.target], "species"
        ),
        "breast_cancer.csv": table(
            cancer.data,
            cancer.feature_names,
            cancer.target_names[cancer.target],
            "diagnosis",
        ),
        "diabetes.csv": table(
            diabetes.data,
            DIABETES,
            [f"{number:g}" for number in diabetes.target],
            "progression after a year",
        ),
        "digits.npz": packed.getvalue(),
    }


def table(X, features, last, name):
    """Return a table with a line for each sample, its last column as it is written."""
    lines = [",".join([*features, name])]
    for row, end in zip(X, last):
        lines.append(",".join([*(as_written(number) for number in row), str(end)]))
    return ("\n".join(lines) + "\n").encode()


def as_written(number):
    """Return a measured number as it was written, whatever the last bit of its float is."""
    return f"{float(number):.10g}"


if __name__ == "__main__":
    for name, content in make().items():
        (FOLDER / name).write_bytes(content)
