package dev.pixal3d.jobs.bench.meter;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The job that is counted: a client with a webhook of usual length sets every parameter. */
public final class ReferenceJob {
  private static final String SUBMIT = "POST /pixal3d/v1/pixal3d-request";
  private static final String CALLBACK = "POST /callbacks/{request_id}/{token}";
  private static final String STATUS = "GET /v2/requests/status/{request_id}";

  /**
   * What is ordered. None of the values is the one on Pixal3D's page, so that nothing is short by
   * luck.
   */
  public static final String BODY =
      """
      {"image_url":"https://acme-product-images.s3.eu-central-1.amazonaws.com/uploads/2026/11/23/\
      6f1d1c1e-8a53-4a0e-9d67-3f1f2b7c9a10/front.png?expires=1795478400&signature=\
      Zk3vQm8tXw1RbY5nPd0sLhUj7cTgAe6fIo2KqVxMzN4","seed":8446744073709551557,\
      "resolution":1536,"ss_guidance_strength":8.25,"ss_guidance_rescale":0.65,\
      "ss_sampling_steps":25,"ss_rescale_t":4.5,"shape_slat_guidance_strength":6.75,\
      "shape_slat_guidance_rescale":0.45,"shape_slat_sampling_steps":30,\
      "shape_slat_rescale_t":3.5,"tex_slat_guidance_strength":1.25,\
      "tex_slat_guidance_rescale":0.15,"tex_slat_sampling_steps":20,"tex_slat_rescale_t":2.5,\
      "mesh_scale":1.05,"max_num_tokens":65536,"decimation_target":350000,\
      "texture_size":4096,"remesh":false}\
      """;

  /** Where its client wants to be told, if it does. */
  public static final String WEBHOOK_URL =
      "https://api.acme-shop.com/integrations/pixal3d/webhooks/8f14e45fceea167a5a36dedd4bea2543";

  private static final String API_KEY = "3c9f2b7e41d84c1f9a6b0d5e8f7a2c14";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MeteredSystem system;

  /** Makes its client known. */
  public ReferenceJob(MeteredSystem system) {
    this.system = system;
    var clients = new DynamoDbClientStore(system.table(), system.tableName());
    clients.put(
        new Client(
            "acme-shop", true, List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr")));
    clients.putKey(API_KEY, "acme-shop");
  }

  /**
   * Submits it.
   *
   * @param more headers beside those that every submit has
   * @return its id
   */
  public String submit(Map<String, String> more) {
    var headers = new HashMap<>(more);
    headers.put("content-type", "application/json");
    headers.put("ocp-apim-subscription-key", API_KEY);
    return value(expect(202, system.request(SUBMIT, Map.of(), headers, BODY)), "request_id");
  }

  /** Pixal3D reports about it. */
  public void callBack() {
    String[] path = system.pixal3d().callbackUrl().getPath().split("/", -1);
    expect(
        200,
        system.request(
            CALLBACK,
            Map.of("request_id", path[2], "token", path[3]),
            Map.of("content-type", "application/json"),
            system.pixal3d().report()));
  }

  /** Its client asks how it stands. */
  public String status(String id) {
    return value(
        expect(
            200,
            system.request(
                STATUS,
                Map.of("request_id", id),
                Map.of("ocp-apim-subscription-key", API_KEY),
                null)),
        "status");
  }

  private static APIGatewayV2HTTPResponse expect(int status, APIGatewayV2HTTPResponse answer) {
    if (answer.getStatusCode() != status) {
      throw new IllegalStateException(
          "Answered "
              + answer.getStatusCode()
              + " in place of "
              + status
              + ": "
              + answer.getBody());
    }
    return answer;
  }

  private static String value(APIGatewayV2HTTPResponse answer, String member) {
    try {
      return JSON.readTree(answer.getBody()).path(member).asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("No JSON: " + answer.getBody(), e);
    }
  }
}
