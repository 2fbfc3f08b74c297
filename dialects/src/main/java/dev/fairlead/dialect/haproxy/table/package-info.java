/// Every keyword of HAProxy's manual as a row: where it stands, how many words follow, whether it is followed.
/// Tables only: nothing here reads a line or builds a value.
@NullMarked
package dev.fairlead.dialect.haproxy.table;

import org.jspecify.annotations.NullMarked;
