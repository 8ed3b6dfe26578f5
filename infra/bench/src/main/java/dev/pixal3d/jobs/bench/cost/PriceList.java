package dev.pixal3d.jobs.bench.cost;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/**
 * List prices of one day, and what has to be assumed where only a bill could tell.
 *
 * @param date the day, ISO-8601
 * @param region of AWS
 * @param prices by name, which tells of what
 * @param assumptions by name, which ends with the unit
 */
record PriceList(
    String date, String region, Map<String, Price> prices, Map<String, Assumption> assumptions) {
  private static final String FILE = "/prices-2026-11.json";

  PriceList {
    prices = Map.copyOf(prices);
    assumptions = Map.copyOf(assumptions);
  }

  /**
   * A price.
   *
   * @param usd in US dollars, without taxes and free tiers
   * @param page where AWS tells it
   */
  record Price(double usd, String page) {}

  /** Something assumed, and why. */
  record Assumption(double value, String why) {}

  static PriceList read() {
    try (InputStream json =
        Objects.requireNonNull(PriceList.class.getResourceAsStream(FILE), FILE)) {
      return new ObjectMapper().readValue(json, PriceList.class);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  /** A price in US dollars. */
  double usd(String name) {
    return Objects.requireNonNull(prices.get(name), () -> FILE + " has no price " + name).usd();
  }

  /** Something assumed. */
  double assumed(String name) {
    return Objects.requireNonNull(assumptions.get(name), () -> FILE + " has no assumption " + name)
        .value();
  }
}
