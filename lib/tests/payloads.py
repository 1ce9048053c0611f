"""Texts that would act if a page let them: markup, scripts, links, formulas, control characters."""

PAYLOADS = [
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=2>",
    "<svg onload=window.ran=3>",
    '"><script>window.ran=4</script>',
    "' onmouseover='window.ran=5",
    "[点这里](javascript:window.ran=6)",
    "</style><script>window.ran=7</script>",
    "</title><script>window.ran=8</script>",
    '<a href="javascript:window.ran=9">x</a>',
    "$\\href{javascript:window.ran=10}{x}$",
    '<iframe srcdoc="<script>parent.ran=11</script>"></iframe>',
    "{{ 7*7 }}{% raw %}<meta http-equiv=refresh content=0;url=https://example.org>",
    "]]><style>@import 'https://example.org/x.css'</style>\u202e\u0000\u2028",
]
