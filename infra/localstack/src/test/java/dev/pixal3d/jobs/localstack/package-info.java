/**
 * Brings the system up elsewhere than in one JVM, for the system tests of {@code infra/local}: in
 * an emulator of AWS, by the same API that a deployment uses; or finds one that is deployed.
 */
@NullMarked
package dev.pixal3d.jobs.localstack;

import org.jspecify.annotations.NullMarked;
