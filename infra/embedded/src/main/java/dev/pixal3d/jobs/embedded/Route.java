package dev.pixal3d.jobs.embedded;

/**
 * A route of the HTTP API (API Gateway developer guide, "Routes for HTTP APIs").
 *
 * @param method an HTTP method in capitals, or {@code ANY}
 * @param path a path in which {@code {name}} stands for one segment and {@code {name+}} for all the
 *     rest; or {@code $default}, which takes what no other route takes
 */
public record Route(String method, String path) {}
