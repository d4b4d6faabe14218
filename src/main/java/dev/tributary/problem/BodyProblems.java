package dev.tributary.problem;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names the field of a request that could not be read, in words that do not tell of our classes. */
public final class BodyProblems {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BodyProblems() {}

    public static Problem of(JsonMappingException wrong) {
        String field = path(wrong);
        if (wrong instanceof UnrecognizedPropertyException) {
            return Problem.field(field, "unknown_field", "There is no field " + field);
        }
        if (wrong instanceof InvalidFormatException format
                && format.getTargetType().isEnum()) {
            return Problem.field(
                    field, "unknown_value", "%s is one of %s".formatted(field, names(format.getTargetType())));
        }
        if (isMissing(wrong)) return Problem.field(field, "required", field + " is missing");
        if (field.isEmpty())
            return new Problem(ProblemKind.INVALID_REQUEST, "The body is not the expected JSON object");
        return Problem.field(field, "wrong_type", field + " has the wrong type or form");
    }

    static Problem of(ConstraintViolationException invalid) {
        List<FieldError> errors = new ArrayList<>();
        for (ConstraintViolation<?> violation : invalid.getConstraintViolations()) {
            String rule = violation
                    .getConstraintDescriptor()
                    .getAnnotation()
                    .annotationType()
                    .getSimpleName();
            errors.add(new FieldError(path(violation), snake(rule), violation.getMessage()));
        }
        errors.sort(Comparator.comparing(FieldError::field));
        return new Problem(ProblemKind.INVALID_REQUEST, "Some fields are not valid", errors);
    }

    private static String path(JsonMappingException wrong) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : wrong.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    /** The path below the method and its body parameter. */
    private static String path(ConstraintViolation<?> violation) {
        List<String> steps = new ArrayList<>();
        for (Path.Node node : violation.getPropertyPath()) steps.add(node.toString());
        return String.join(
                ".", steps.size() > 2 ? steps.subList(2, steps.size()) : steps.subList(steps.size() - 1, steps.size()));
    }

    /** A number or truth value that was left out: what else can be null is looked at by whoever reads it. */
    private static boolean isMissing(JsonMappingException wrong) {
        return wrong instanceof MismatchedInputException mismatch
                && mismatch.getTargetType() != null
                && mismatch.getTargetType().isPrimitive()
                && mismatch.getOriginalMessage().startsWith("Cannot map `null`");
    }

    /** As they are written in JSON. */
    private static String names(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object value : type.getEnumConstants()) names.add(JSON.convertValue(value, String.class));
        return String.join(", ", names);
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT);
    }
}
