package dev.fairlead.bench.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What was counted while measuring. Times are in nanoseconds inside and in microseconds where they are printed.
final class Results {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final double BILLION = 1e9;

    private final Options options;
    private final Histogram latency = new Histogram(LONGEST, 3);
    private final Histogram lag = new Histogram(LONGEST, 3);
    private final Map<String, Long> failures = new TreeMap<>();
    private final long[] spentBefore = new long[3];
    private final long[] spent = new long[3];
    private long sent;
    private long answered;
    private long failed;
    private long unanswered;
    private long handshakes;
    private long resumed;
    private long begun;
    private long ended;

    Results(Options options) {
        this.options = options;
    }

    long answered() {
        return answered;
    }

    long failed() {
        return failed;
    }

    long unanswered() {
        return unanswered;
    }

    long handshakes() {
        return handshakes;
    }

    long resumed() {
        return resumed;
    }

    double latencyMicros(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }

    /// Measuring begins.
    void begin(long now) {
        begun = now;
        ended = now;
        spent(spentBefore);
    }

    /// Measuring ends; only answers on their way still count.
    void end(long now) {
        ended = now;
        spent(spent);
    }

    void sent() {
        sent++;
    }

    /// @param nanos between when a request was due and when it was given to a connection that had been free
    void late(long nanos) {
        lag.recordValue(clamp(nanos));
    }

    void answered(long now, long took) {
        answered++;
        latency.recordValue(clamp(took));
        ended = Math.max(ended, now);
    }

    void failed(String why) {
        failed++;
        failures.merge(why, 1L, Long::sum);
    }

    /// One that had no answer after that time, which is counted with the others'.
    void unanswered(long waited) {
        unanswered++;
        latency.recordValue(clamp(waited));
    }

    void shookHands(boolean isResumed) {
        handshakes++;
        resumed += isResumed ? 1 : 0;
    }

    private static long clamp(long nanos) {
        return Math.clamp(nanos, 0, LONGEST);
    }

    /// Processor time in nanoseconds, collections, and their milliseconds.
    private static void spent(long[] into) {
        into[0] = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
        into[1] = 0;
        into[2] = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            into[1] += collector.getCollectionCount();
            into[2] += collector.getCollectionTime();
        }
    }

    String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("connections", options.connections());
            json.writeNumberField("rate", options.rate());
            json.writeNumberField("seconds", options.seconds());
            json.writeNumberField("sent", sent);
            json.writeNumberField("answered", answered);
            json.writeNumberField("failed", failed);
            json.writeNumberField("unanswered", unanswered);
            json.writeNumberField("achieved_rate", rounded(answered * BILLION / Math.max(1, ended - begun)));
            writeTimes(json, "latency_us", latency);
            writeTimes(json, "lag_us", lag);
            json.writeObjectFieldStart("failures");
            for (Map.Entry<String, Long> failure : failures.entrySet()) {
                json.writeNumberField(failure.getKey(), failure.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("handshakes", handshakes);
            json.writeNumberField("resumed", resumed);
            json.writeObjectFieldStart("client");
            json.writeNumberField("processor_seconds", rounded((spent[0] - spentBefore[0]) / BILLION));
            json.writeNumberField("gc_count", spent[1] - spentBefore[1]);
            json.writeNumberField("gc_millis", spent[2] - spentBefore[2]);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeTimes(JsonGenerator json, String name, Histogram times) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("p50", micros(times, 50));
        json.writeNumberField("p90", micros(times, 90));
        json.writeNumberField("p99", micros(times, 99));
        json.writeNumberField("p99_9", micros(times, 99.9));
        json.writeNumberField("max", rounded(times.getMaxValue() / 1e3));
        json.writeNumberField("mean", times.getTotalCount() == 0 ? 0 : rounded(times.getMean() / 1e3));
        json.writeEndObject();
    }

    private static double micros(Histogram times, double percentile) {
        return rounded(times.getValueAtPercentile(percentile) / 1e3);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1e3;
    }
}
