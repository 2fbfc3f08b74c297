package dev.fairlead.cli.nginx;

import java.util.List;

/// What the personality says about itself. Programs that ask for the version look for a number of nginx's: it
/// is the release whose behaviour is followed.
final class NginxTexts {
    static final String IMITATED = "1.22.1";

    static final String VERSION = "nginx version: nginx/" + IMITATED + " (Fairlead)\n";

    static final String HELP = """
            Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]
                         [-e filename] [-c filename] [-g directives]

            Options:
              -?,-h         : show this help and exit
              -v            : show the version and exit
              -V            : show the version and how it was built, and exit
              -t            : test the configuration and exit
              -T            : test the configuration, print it and exit
              -q            : say nothing about a test that went well
              -s signal     : tell the running program to: stop, quit, reopen, reload
              -p prefix     : folder that relative paths start from (default: /usr/share/nginx/)
              -e filename   : error log until the configuration names one (default: stderr)
              -c filename   : configuration file (default: /etc/nginx/nginx.conf)
              -g directives : directives besides those of the configuration file

            """;

    private static final List<String> PATHS = List.of(
            "--prefix=/usr/share/nginx",
            "--conf-path=/etc/nginx/nginx.conf",
            "--http-log-path=/var/log/nginx/access.log",
            "--error-log-path=stderr",
            "--pid-path=/run/nginx.pid",
            "--with-http_ssl_module",
            "--with-http_stub_status_module",
            "--with-http_realip_module",
            "--with-http_gunzip_module",
            "--with-http_gzip_static_module");

    private NginxTexts() {}

    static String build() {
        return "built with Java " + Runtime.version() + "\nTLS SNI support enabled\nconfigure arguments: "
                + String.join(" ", PATHS) + "\n";
    }
}
