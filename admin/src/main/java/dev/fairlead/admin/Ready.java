package dev.fairlead.admin;

/// What is sent once it is known.
///
/// @param type of the content
record Ready(int status, String type, String text) {}
