#!/bin/sh
# Pins what pyproject.toml asks for, with hashes, for Python 3.11 and newer on every system: sh scripts/lock.sh [--upgrade]
# The locks name no package index, so that each machine asks the one it is set up for.
set -eu
cd "$(dirname "$0")/.."

uv=$(command -v uv || echo .cache/uv/bin/uv)
if [ ! -x "$uv" ]; then
    python3 -m venv .cache/uv
    .cache/uv/bin/python -m pip install -qq --disable-pip-version-check uv
fi

pin() {
    lock=requirements/$1.lock; shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
        --custom-compile-command "make lock" --output-file "$lock" "$@"
    echo "$lock"
}

pin build --group build "$@"
pin all --constraints requirements/build.lock pyproject.toml --extra run --extra docs --extra ocr --extra lab --extra scale --group dev "$@"
pin run --constraints requirements/all.lock pyproject.toml --extra run --extra docs "$@"
