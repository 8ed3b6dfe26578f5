/** {@code template.yaml} read and brought up without AWS. */
@NullMarked
package dev.pixal3d.jobs.embedded;

import org.jspecify.annotations.NullMarked;
