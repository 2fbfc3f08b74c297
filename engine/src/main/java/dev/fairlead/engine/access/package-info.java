/// Who may, how often, and how many at once: address rules, passwords, request and connection limits. Decides;
/// the router acts on it.
@NullMarked
package dev.fairlead.engine.access;

import org.jspecify.annotations.NullMarked;
