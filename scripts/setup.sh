#!/bin/sh
# Installs the packages of one lock, and dangjian itself, into .venv: sh scripts/setup.sh run|all
# uv does it where it is installed, else venv and pip. Plain sh, so that an old Python gets an answer too.
set -eu
wanted=$1
cd "$(dirname "$0")/.."

say() { echo "dangjian set-up: $*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
new_enough() { has "$1" && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if new_enough "$candidate"; then echo "$candidate"; return; fi
    done
}

make_venv() {
    rm -rf .venv
    python=$(find_python)
    if has uv; then  # uv knows of Pythons that are not on the path
        uv venv --quiet --python "${python:->=3.11}" .venv && return
    fi
    [ -n "$python" ] || fail "needs Python 3.11 or newer; here is $("${PYTHON:-python3}" --version 2>&1 || :)." \
        "Install one (python.org, or your system's python3.12), or name one: make PYTHON=/path/to/python3.12 ..."
    "$python" -c 'import venv, ensurepip' 2>/dev/null || fail "$("$python" --version) has no venv module." \
        "Install it (Debian, Ubuntu: apt install python3-venv), or install uv; then run the same command again."
    "$python" -m venv .venv || fail "could not make .venv with $python (see above)."
}

add() {
    if has uv; then
        uv pip install --quiet --python .venv/bin/python "$@"
    else  # without --no-compile pip takes half as long again
        .venv/bin/python -m pip install -qq --disable-pip-version-check --no-compile "$@"
    fi || fail "could not install the packages (see above). Is the network there? Then run the same command again."
}

new_enough .venv/bin/python && { has uv || .venv/bin/python -m pip --version >/dev/null 2>&1; } || make_venv
has uv && with=uv || with=pip
say "installing the packages of requirements/$wanted.lock into .venv with $with; once, about a minute ..."
# jieba comes as source only: it is built with the pinned setuptools, so --no-build-isolation.
add --require-hashes -r requirements/build.lock
add --require-hashes --no-build-isolation -r "requirements/$wanted.lock"
add --no-deps --no-build-isolation --editable .
# Compiled here, jieba's sources warn of their escape sequences to nobody; at the first import they would to the reader.
.venv/bin/python -W ignore -m compileall -q .venv/lib/python*/site-packages/jieba
.venv/bin/dangjian kernels install >/dev/null  # the kernel dangjian-warm, for papermill and JupyterLab
touch .venv/run.done ".venv/$wanted.done"  # all holds run
