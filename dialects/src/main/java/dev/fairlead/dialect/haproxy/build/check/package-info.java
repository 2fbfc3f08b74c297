/// How servers are watched: `option httpchk` and its kin, the questions of `http-check` and `tcp-check`, agents.
@NullMarked
package dev.fairlead.dialect.haproxy.build.check;

import org.jspecify.annotations.NullMarked;
