/// What HTTP traffic shall do: listeners, virtual hosts, locations, rules, and what answers. Immutable values.
/// What rules ask and what they put together, templates, variables and conditions, is in [dev.fairlead.model.text].
///
/// Texts are Unicode strings as the operator wrote them; the engine sends and compares their UTF-8 bytes.
/// Inherited settings are already merged: each location holds all that applies to it, and equal groups are
/// shared by reference. Which language a value came from is not knowable here; where languages differ in
/// behaviour, the difference is a named value.
@NullMarked
package dev.fairlead.model.http;

import org.jspecify.annotations.NullMarked;
