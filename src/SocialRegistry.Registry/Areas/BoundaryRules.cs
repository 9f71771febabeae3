using System.Runtime.InteropServices;
using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Areas;

/// <summary>Checks a boundary: a GeoJSON Polygon or MultiPolygon (RFC 7946 §3.1.6, §3.1.7) in degrees of WGS 84.</summary>
internal static class BoundaryRules
{
    private const string Field = "boundary";

    /// <summary>What is wrong first; <c>null</c> when it may be kept.</summary>
    public static FieldProblem? Check(JsonElement boundary)
    {
        if (JsonMarshal.GetRawUtf8Value(boundary).Length > AreaLimits.MaxBoundaryBytes)
        {
            return new FieldProblem(Field, "too_large", $"A boundary has at most {AreaLimits.MaxBoundaryBytes} bytes.");
        }

        if (boundary.ValueKind != JsonValueKind.Object)
        {
            return new FieldProblem(Field, "type", "A boundary is a GeoJSON object.");
        }

        if (boundary.EnumerateObject().Any(m => m.Name is not ("type" or "coordinates" or "bbox")))
        {
            return new FieldProblem(Field, "unknown", "A boundary has the members 'type', 'coordinates' and 'bbox'.");
        }

        if (boundary.TryGetProperty("bbox", out var box) && !IsBox(box))
        {
            return new FieldProblem(Field + ".bbox", "type", "A box has four or six numbers.");
        }

        if (!boundary.TryGetProperty("coordinates", out var coordinates))
        {
            return new FieldProblem(Field + ".coordinates", "required", "A boundary has coordinates.");
        }

        var type =
            boundary.TryGetProperty("type", out var name) && name.ValueKind == JsonValueKind.String ? Text(name) : null;
        return type switch
        {
            "Polygon" => Polygon(coordinates, Field + ".coordinates"),
            "MultiPolygon" => Each(coordinates, Field + ".coordinates", "polygon", Polygon),
            _ => new FieldProblem(Field + ".type", "unknown", "A boundary is a Polygon or a MultiPolygon."),
        };
    }

    private static FieldProblem? Polygon(JsonElement polygon, string path) => Each(polygon, path, "ring", Ring);

    /// <summary>Four positions or more, the last equal to the first.</summary>
    private static FieldProblem? Ring(JsonElement ring, string path)
    {
        if (Each(ring, path, "position", Position) is { } problem)
        {
            return problem;
        }

        var count = ring.GetArrayLength();
        return count < 4 ? new FieldProblem(path, "items", "A ring has four positions or more.")
            : !Same(ring[0], ring[count - 1])
                ? new FieldProblem(path, "open", "A ring ends where it begins: the last position equals the first.")
            : null;
    }

    private static FieldProblem? Position(JsonElement position, string path) =>
        position.ValueKind != JsonValueKind.Array
        || position.GetArrayLength() is not (2 or 3)
        || position.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.Number)
            ? new FieldProblem(path, "type", "A position is longitude, latitude and perhaps a height, as numbers.")
        : Math.Abs(position[0].GetDouble()) > 180 || Math.Abs(position[1].GetDouble()) > 90
            ? new FieldProblem(
                path,
                "range",
                "Longitudes are -180 to 180, latitudes -90 to 90 degrees, longitude first."
            )
        : null;

    private static FieldProblem? Each(
        JsonElement array,
        string path,
        string what,
        Func<JsonElement, string, FieldProblem?> check
    )
    {
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0)
        {
            return new FieldProblem(path, "type", $"Expected an array of at least one {what}.");
        }

        foreach (var (index, element) in array.EnumerateArray().Index())
        {
            if (check(element, $"{path}[{index}]") is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static bool Same(JsonElement first, JsonElement last) =>
        first
            .EnumerateArray()
            .Select(n => n.GetDouble())
            .SequenceEqual(last.EnumerateArray().Select(n => n.GetDouble()));

    private static bool IsBox(JsonElement box) =>
        box.ValueKind == JsonValueKind.Array
        && box.GetArrayLength() is 4 or 6
        && box.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number);

    /// <summary>Half a surrogate pair is no text.</summary>
    private static string? Text(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
