/// What a wish for one unit entails for all others, and in which order it has to be done.
///
/// Promise: pure. [Transaction#of] takes a wish and what is known at the moment ([Situation]) to the jobs it
/// makes, or refuses it with the reason; it starts and stops nothing. The rules are those of systemd's
/// transactions: what is required is pulled in, what conflicts is stopped, jobs of one unit are merged, and a
/// cycle in the order is broken by giving up a job nobody requires, or refused by name.
@NullMarked
package dev.fairlead.process.transaction;

import org.jspecify.annotations.NullMarked;
