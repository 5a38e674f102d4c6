/** The page that {@code resnet4j report} writes: what stands on it as records, and those as HTML. */
package dev.resnet4j.cli.report;
