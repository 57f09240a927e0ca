"""``python -m dlbasics.exercises grade FOLDER``: grade the notebooks of a class."""

import argparse
import sys
from pathlib import Path

from dlbasics.exercises import _grading


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m dlbasics.exercises")
    commands = parser.add_subparsers(required=True)
    grade = commands.add_parser(
        "grade",
        help="run every learner's notebook, and write grades.csv and grades.html",
        epilog="Each notebook runs in a process of its own, as far apart as the system allows. "
        "That is no wall: grade the notebooks of strangers in a container.",
    )
    grade.add_argument("folder", type=Path, help="kim.ipynb … or kim/softmax.ipynb …")
    grade.add_argument("--output", type=Path, help="where to write; else FOLDER")
    grade.add_argument("--seconds", type=float, default=120, help="for each notebook")
    grade.add_argument("--megabytes", type=int, default=4096, help="for each notebook")
    args = parser.parse_args(arguments)
    try:
        grades = _grading.grade(args.folder, args.seconds, args.megabytes)
    except FileNotFoundError as error:
        sys.exit(str(error))
    output = args.output or args.folder
    _grading.write_csv(grades, output / "grades.csv")
    _grading.write_html(grades, output / "grades.html")
    passed = sum(grade.status == "passed" for grade in grades)
    print(f"{passed} of {len(grades)} passed: see {output / 'grades.html'}")


if __name__ == "__main__":
    main()
