package dev.fairlead.model.http;

/// All that applies to a request in one place: in a location, or in a virtual host before a location is found.
/// Groups that are not overridden are the same objects as in the enclosing place.
public record Settings(
        ClientAddressSource clientAddress,
        Access access,
        RequestLimits limits,
        RequestBody requestBody,
        Connection connection,
        FileServing files,
        ResponseHeaders responseHeaders,
        Compression compression,
        Redirects redirects,
        ErrorPages errorPages,
        Logging logging,
        Substitution substitution,
        Copies copies) {
    /// No texts are replaced, and no copies are sent.
    public Settings(
            ClientAddressSource clientAddress,
            Access access,
            RequestLimits limits,
            RequestBody requestBody,
            Connection connection,
            FileServing files,
            ResponseHeaders responseHeaders,
            Compression compression,
            Redirects redirects,
            ErrorPages errorPages,
            Logging logging) {
        this(
                clientAddress,
                access,
                limits,
                requestBody,
                connection,
                files,
                responseHeaders,
                compression,
                redirects,
                errorPages,
                logging,
                Substitution.NONE,
                Copies.NONE);
    }
}
