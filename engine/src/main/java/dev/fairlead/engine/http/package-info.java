/// What every part of the engine shares about one request and its response: the [Exchange], its head and body, and
/// the seams between who carries an exchange ([Carrier]), who answers it ([ContentHandler]) and who changes the
/// answer on its way out ([HeadFilter], [BodyOutput]). Header fields are in `field`; what is known of the
/// connection is in [dev.fairlead.engine.connection].
///
/// Everything here belongs to one event loop and is touched by no other thread. Objects are reused from request
/// to request on a connection: nobody keeps a reference to an exchange after it has ended.
///
/// Text that came from the wire is a [String] whose characters are its bytes (ISO-8859-1). Text from a
/// configuration is brought to the same form, by way of its UTF-8 bytes, when a plan is compiled.
@NullMarked
package dev.fairlead.engine.http;

import org.jspecify.annotations.NullMarked;
