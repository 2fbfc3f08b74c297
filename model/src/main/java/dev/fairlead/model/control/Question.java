package dev.fairlead.model.control;

import java.util.List;

/// A request that somebody wants explained.
///
/// @param fields of the request, `NAME: VALUE`
/// @param from the client's address
/// @param isOld whether it is sent by HTTP/1.0
/// @param isForPeople whether the answer is text; else JSON
public record Question(
        String method, String url, List<String> fields, String from, boolean isOld, boolean isForPeople) {
    public static final String USUAL_METHOD = "GET";
    /// An address that is nobody's.
    public static final String USUAL_CLIENT = "192.0.2.1";

    public Question {
        fields = List.copyOf(fields);
    }
}
