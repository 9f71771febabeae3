using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Changes;

/// <summary>A page by the id of the last item before it.</summary>
internal sealed record PageAsked(int Size, Guid? After)
{
    private const int MaxSize = 500;

    public static Outcome<PageAsked> Read(int size, string? after)
    {
        if (size is < 1 or > MaxSize)
        {
            return Problem.Invalid(
                "access.size",
                "The page is too large or too small.",
                new FieldProblem("size", "range", $"1 to {MaxSize}")
            );
        }

        if (after is null)
        {
            return new PageAsked(size, null);
        }

        return Guid.TryParseExact(after, "D", out var id)
            ? new PageAsked(size, id)
            : Problem.Invalid(
                "access.after",
                "after takes the next of the page before.",
                new FieldProblem("after", "pattern", "an id")
            );
    }
}
