package dev.fairlead.engine.http;

import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.SpareFields;

/// Request line and header fields as the client sent them. Filled by the carrier, read-only for everyone else.
/// Reused for the next request on the connection.
public final class RequestHead {
    private static final RequestTarget NONE = new RequestTarget("", "", "", false, "", "", true);

    private final Fields fields;
    private Method method = Method.GET;
    private String methodText = "";
    private String receivedMethod = "";
    private String outerMethod = "";
    private String unsoundLine = "";
    private RequestTarget target = NONE;
    private int minorVersion;
    private String host = "";
    private long contentLength;

    /// @param spare storage for its fields
    public RequestHead(SpareFields spare) {
        fields = new Fields(spare);
    }

    public Method method() {
        return method;
    }

    public String methodText() {
        return methodText;
    }

    /// The method of the request line, whatever became of it since.
    public String receivedMethod() {
        return receivedMethod;
    }

    /// The method for others to see: of a request within another one that of the outer one.
    public String shownMethod() {
        return outerMethod.isEmpty() ? methodText : outerMethod;
    }

    /// Whether it is that of a request within another one, whose fields it has, and not the body they speak of.
    public boolean isWithinAnother() {
        return !outerMethod.isEmpty();
    }

    /// What came in place of a request line, for logs; empty if the line is sound.
    public String unsoundLine() {
        return unsoundLine;
    }

    /// For carriers. A method of HEAD counts whatever follows it: the client expects no body.
    public void unsoundLine(String line) {
        unsoundLine = line;
        if (line.startsWith("HEAD ")) {
            method = Method.HEAD;
        }
    }

    /// For the router: an error's page is fetched as if by GET, unless only its head was asked for.
    public void becomeGet() {
        method = Method.GET;
        methodText = "GET";
    }

    /// For rules: another method is sent on. What the client expects stays as it was.
    public void sendAs(String other) {
        methodText = other;
    }

    public RequestTarget target() {
        return target;
    }

    /// The digit behind `HTTP/1.`; 1 for carriers of later versions.
    public int minorVersion() {
        return minorVersion;
    }

    public Fields fields() {
        return fields;
    }

    /// The host that was asked for: from the target if it has one, else from the Host field; lower case,
    /// without port and trailing dot. Empty if the client named none.
    public String host() {
        return host;
    }

    /// The length the client announced; 0 without a body, -1 if only the end of the body will tell.
    public long contentLength() {
        return contentLength;
    }

    /// For carriers.
    public void begin() {
        fields.clear();
        method = Method.GET;
        methodText = "";
        receivedMethod = "";
        outerMethod = "";
        unsoundLine = "";
        target = NONE;
        minorVersion = 0;
        host = "";
        contentLength = 0;
    }

    /// A head by GET, without a body, that is otherwise the other one.
    void beginWithin(RequestHead outer) {
        beginLike(outer);
        becomeGet();
        outerMethod = outer.shownMethod();
    }

    /// The same request line and fields.
    ///
    /// @param withBody whether there is the same body, too; if not, no field speaks of it
    void beginCopy(RequestHead outer, boolean withBody) {
        beginLike(outer);
        method = outer.method;
        methodText = outer.methodText;
        if (withBody) {
            contentLength = outer.contentLength;
        } else {
            fields.remove(FieldName.CONTENT_LENGTH);
            fields.remove(FieldName.TRANSFER_ENCODING);
        }
    }

    private void beginLike(RequestHead outer) {
        begin();
        for (int field = 0; field < outer.fields.size(); field++) {
            if (outer.fields.isPresent(field)) {
                fields.addFrom(outer.fields, field);
            }
        }
        receivedMethod = outer.receivedMethod;
        target = outer.target;
        minorVersion = outer.minorVersion;
        host = outer.host;
    }

    /// For carriers.
    public void line(Method method, String methodText, RequestTarget target, int minorVersion) {
        this.method = method;
        this.methodText = methodText;
        this.receivedMethod = methodText;
        this.target = target;
        this.minorVersion = minorVersion;
    }

    /// For carriers.
    public void host(String host) {
        this.host = host;
    }

    /// For carriers.
    public void contentLength(long length) {
        this.contentLength = length;
    }
}
