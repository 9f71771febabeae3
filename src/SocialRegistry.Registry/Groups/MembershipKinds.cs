using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Groups;

/// <summary>Reads kinds of memberships: codes or synonyms of the list <c>membership_kind</c>.</summary>
internal static class MembershipKinds
{
    private const int Most = 5;

    /// <summary>The codes, each once; none stays none.</summary>
    /// <param name="path">Named by what is wrong.</param>
    public static IReadOnlyList<string> Read(
        IReadOnlyList<string>? kinds,
        Catalogue catalogue,
        string path,
        List<FieldProblem> problems
    )
    {
        if (kinds is null)
        {
            return [];
        }

        if (kinds.Count > Most)
        {
            problems.Add(new FieldProblem(path, "items", $"A membership has at most {Most} kinds."));
            return [];
        }

        var words = CodeWords.Of(catalogue, CodeWords.MembershipKind);
        var codes = kinds.Select(words.Find).ToList();
        if (codes.Contains(null))
        {
            problems.Add(words.Unknown(path));
            return [];
        }

        return [.. codes.OfType<string>().Distinct()];
    }

    /// <summary>A membership of which nothing is said is that of a <c>member</c>.</summary>
    public static IReadOnlyList<string> OrPlain(IReadOnlyList<string> kinds) =>
        kinds.Count == 0 ? [Membership.Plain] : kinds;

    /// <summary>With the kind <c>head</c>, and no longer a plain <c>member</c>.</summary>
    public static IReadOnlyList<string> WithHead(IEnumerable<string> kinds) =>
        [Membership.Head, .. kinds.Where(k => k is not (Membership.Head or Membership.Plain))];

    public static IReadOnlyList<string> WithoutHead(IEnumerable<string> kinds) =>
        OrPlain([.. kinds.Where(k => k != Membership.Head)]);
}
