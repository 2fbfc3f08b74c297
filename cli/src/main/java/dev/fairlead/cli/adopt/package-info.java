/// Units that start gunicorn, as applications of this program: who does, what their command line and settings
/// mean for traffic and workers, and what is left to write while they run. Decides nothing about how workers
/// live.
@NullMarked
package dev.fairlead.cli.adopt;

import org.jspecify.annotations.NullMarked;
