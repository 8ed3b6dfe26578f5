/**
 * Log lines as JSON, with the members that Powertools for AWS Lambda gives them. Powertools itself,
 * with Log4j, would take a quarter of a cold start.
 */
@NullMarked
package dev.pixal3d.jobs.lambda.logging;

import org.jspecify.annotations.NullMarked;
