package dev.tributary.problem;

/**
 * One wrong field of a request.
 *
 * @param field the field's JSON path or parameter name
 * @param code a stable word for programs, such as {@code required} or {@code host_not_allowed}
 * @param message a sentence for people
 */
public record FieldError(String field, String code, String message) {}
