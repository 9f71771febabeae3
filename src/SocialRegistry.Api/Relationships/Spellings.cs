using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Relationships;

/// <summary>
/// The seed spells <c>GaurdianId</c>, <c>IsSeperated</c> and <c>SeperatedOn</c>. Both spellings are taken; when both are there they must say
/// the same.
/// </summary>
internal static class Spellings
{
    public static Outcome<T?> One<T>(T? asSeed, T? corrected, string name)
        where T : struct =>
        asSeed is { } one && corrected is { } other && !Same(one, other)
            ? Problem.Invalid(
                "relationships.spelled_twice",
                "The same column is there in both spellings, with different values.",
                new FieldProblem(name, "duplicate", "Send one of the two spellings.")
            )
            : asSeed ?? corrected;

    private static bool Same<T>(T one, T other)
        where T : struct =>
        one is JsonElement left && other is JsonElement right ? JsonElement.DeepEquals(left, right) : one.Equals(other);
}
