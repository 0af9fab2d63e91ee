# Sourced by ./run and ./test: `bootstrap run|test|dev` installs what is missing and is quick when
# nothing is. Works as root or with sudo, on a fresh Debian 12 that has only python3.
# Sets ROOT (the checkout) and PYTHON (the venv's interpreter).

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV="$ROOT/.venv"
PYTHON="$VENV/bin/python"
# A start reads a thousand modules in each of its processes: compiled once, not by every one anew.
unset PYTHONDONTWRITEBYTECODE

_say() { printf '%s\n' "$*" >&2; }
_die() { _say "错误：$*"; exit 1; }

# The venv grows from one set to the next: run ⊂ test ⊂ dev, all from one lock.
_sets_within() {
    case $1 in
        run) echo run ;;
        test) echo run test ;;
        dev) echo run test dev ;;
    esac
}

_requirements() { if [ "$1" = run ]; then echo requirements.txt; else echo "requirements-$1.txt"; fi; }

_hash() { sha256sum "$ROOT/$(_requirements "$1")" | cut -d' ' -f1; }

_as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else _die "需要 root 或 sudo 才能执行：$*"; fi
}

_apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    _say "正在安装系统软件包：$*"
    _as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || return 1
    _as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

_has_library() { python3 -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }

_system_packages() {
    local missing=()
    python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
    [ -e /usr/share/fonts/truetype/wqy/wqy-microhei.ttc ] || missing+=(fonts-wqy-microhei)
    # The PDF writer loads both by name.
    _has_library libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
    _has_library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
    if [ "$1" != run ]; then
        command -v redis-server >/dev/null 2>&1 || missing+=(redis-server)
        command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 ||
            missing+=(chromium-headless-shell)
        [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing+=(fonts-noto-cjk)
    fi
    [ ${#missing[@]} = 0 ] && return
    if ! _apt_install "${missing[@]}"; then
        # Another system may have fonts of its own; the rest cannot be done without.
        [ "${missing[*]}" = fonts-wqy-microhei ] || _die "请先安装：${missing[*]}"
        _say "提示：未能安装中文字体 fonts-wqy-microhei，图片和文书中的汉字可能无法显示。"
    fi
}

_python_packages() {
    local set=$1 within
    if ! "$PYTHON" -c 'import pip' 2>/dev/null; then
        python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || _die "需要 Python 3.11 或更新版本"
        rm -rf "$VENV"
        python3 -m venv "$VENV"
    fi
    [ "$(cat "$VENV/.stamp-$set" 2>/dev/null)" = "$(_hash "$set")" ] && return
    _say "正在安装 Python 依赖（$(_requirements "$set")）……"
    # The lock is complete: --no-deps keeps pip from weighing newer releases against it.
    "$PYTHON" -m pip install --no-user --quiet --disable-pip-version-check --require-hashes --no-deps \
        --only-binary :all: -r "$ROOT/$(_requirements "$set")" >&2 || _die "依赖安装失败，请检查网络或 pip 的镜像设置"
    for within in $(_sets_within "$set"); do _hash "$within" >"$VENV/.stamp-$within"; done
}

_assets() {
    local scope=$1
    [ "$scope" = dev ] && scope=test
    bash "$ROOT/tools/assets.sh" "$scope" || _die "前端文件安装失败，请检查网络或 npm 的镜像设置"
}

bootstrap() {
    case $1 in run | test | dev) ;; *) _die "bootstrap run|test|dev" ;; esac
    # One at a time for one checkout: ./run and ./test may be started together.
    exec 9>"$ROOT/.bootstrap.lock"
    flock 9
    _system_packages "$1"
    _python_packages "$1"
    _assets "$1"
    exec 9>&-
}
