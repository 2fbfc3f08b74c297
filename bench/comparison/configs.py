"""Files that ours and theirs are started from, but for the ports the same text. Braces of the files are doubled."""

from comparison import machine

NGINX_HEAD = """
worker_processes {loops};
pid {folder}/{name}.pid;
error_log {folder}/{name}.error.log crit;
events {{ worker_connections {most}; }}
"""

NGINX_HTTP = """
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    keepalive_timeout 600s;
    types {{ text/plain txt; text/html html; }}
    client_body_temp_path {folder}/{name}-body;
    proxy_temp_path {folder}/{name}-proxy;
    fastcgi_temp_path {folder}/{name}-fastcgi;
    uwsgi_temp_path {folder}/{name}-uwsgi;
    scgi_temp_path {folder}/{name}-scgi;
"""

NGINX_BACK = """
    upstream back {{
        server 127.0.0.1:{upstream};
        keepalive 128;
        keepalive_requests 100000000;
    }}
"""

# Inside a location: as documentation of nginx recommends it for connections that are kept.
NGINX_KEPT = 'proxy_http_version 1.1; proxy_set_header Connection "";'

HAPROXY_HEAD = """
global
    maxconn {most}
    nbthread 1
defaults
    mode {mode}
    timeout client 600s
    timeout server 600s
    timeout connect 4s
"""

CADDY_HEAD = """
{{
    admin off
    auto_https off
    log {{
        output discard
    }}
}}
"""


def most_connections():
    """As many as the limit of descriptors allows a proxy, which has two for each."""
    return min(25_000, (machine.descriptors() - 100) // 2)


def most_sockets():
    """What nginx calls connections are sockets to either side; it closes resting ones when only a sixteenth is left."""
    return min(50_000, machine.descriptors() - 100)


def nginx(http, folder, name, port, main="", loops=1, log="off", **values):
    """A whole nginx.conf around the inside of its http block."""
    text = NGINX_HEAD + main + "http {{\n    access_log {log};\n" + NGINX_HTTP + http + "\n}}\n"
    return text.format(folder=folder, name=name, port=port, loops=loops, log=log, most=most_sockets(), **values)


def haproxy(sections, port, mode="http", **values):
    return (HAPROXY_HEAD + sections).format(port=port, mode=mode, most=most_connections(), **values)


def caddy(site, port, **values):
    return (CADDY_HEAD + "http://127.0.0.1:{port} {{\n" + site + "\n}}\n").format(port=port, **values)
