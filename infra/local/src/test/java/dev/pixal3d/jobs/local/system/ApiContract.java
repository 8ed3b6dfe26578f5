package dev.pixal3d.jobs.local.system;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code infra/openapi.yaml} says of answers. */
final class ApiContract {
  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createForInlineApiSpecification(read(Path.of("../openapi.yaml")))
          .build();

  /** The keys of what a validator says if there is no such path, or no such method at it. */
  private static final Set<String> NOTHING_THERE =
      Set.of("validation.request.path.missing", "validation.request.operation.notAllowed");

  /** An operation that has the answer which everything gets that is not there. */
  private static final String WITH_A_404 =
      "/v2/requests/status/pixal3d_01980000-0000-7000-8000-000000000000";

  private ApiContract() {}

  /**
   * Fails if an answer is not as it is described: the status, the content type, the required
   * headers and the body. What is at no path that is described has to be a 404 in the shape of all
   * errors.
   */
  static void check(HttpResponse<String> answer) {
    check(
        answer.request().method(),
        answer.request().uri().getRawPath(),
        answer.statusCode(),
        answer.headers().map(),
        answer.body());
  }

  static void check(
      String method, String path, int status, Map<String, List<String>> headers, String body) {
    SimpleResponse response = response(status, headers, body);
    ValidationReport report =
        VALIDATOR.validateResponse(path, Request.Method.valueOf(method), response);
    if (status == 404 && keys(report).stream().anyMatch(NOTHING_THERE::contains)) {
      report = VALIDATOR.validateResponse(WITH_A_404, Request.Method.GET, response);
    }
    if (report.hasErrors()) {
      throw new AssertionError(
          "%s %s was answered in a way that infra/openapi.yaml does not describe:%n%s%nThe answer: %d %s%n%s"
              .formatted(method, path, faults(report), status, new TreeMap<>(headers), body));
    }
  }

  private static SimpleResponse response(
      int status, Map<String, List<String>> headers, String body) {
    SimpleResponse.Builder response = new SimpleResponse.Builder(status);
    headers.forEach(response::withHeader);
    if (!body.isEmpty()) {
      response.withBody(body);
    }
    return response.build();
  }

  private static Set<String> keys(ValidationReport report) {
    return report.getMessages().stream()
        .map(ValidationReport.Message::getKey)
        .collect(Collectors.toSet());
  }

  private static String faults(ValidationReport report) {
    return report.getMessages().stream()
        .map(fault ->
            "- "
                + fault
                    .getContext()
                    .flatMap(ValidationReport.MessageContext::getPointers)
                    .map(pointers -> pointers.getInstance() + ": ")
                    .orElse("")
                + fault.getMessage())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
