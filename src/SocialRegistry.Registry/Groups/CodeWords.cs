using System.Runtime.CompilerServices;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Groups;

/// <summary>The codes of a list of the catalogue, found by code or synonym.</summary>
internal sealed class CodeWords
{
    public const string MembershipKind = "membership_kind";
    public const string EndReason = "membership_end_reason";

    private static readonly ConditionalWeakTable<CatalogueView, Dictionary<string, CodeWords>> Known = [];

    private readonly Dictionary<string, string> codes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> unique = [];
    private readonly string allowed;

    private CodeWords(string list, IReadOnlyList<CodeView> views)
    {
        var usable = views.Where(c => !c.Retired).ToList();
        foreach (var view in usable)
        {
            codes[view.Code] = view.Code;
        }

        foreach (var (view, synonym) in usable.SelectMany(v => v.Synonyms.Select(s => (v, s))))
        {
            codes.TryAdd(synonym, view.Code);
        }

        // Also of retired codes: members may have them still.
        unique.UnionWith(views.Where(v => v.Unique).Select(v => v.Code));
        allowed = $"Send a code of the list {list}: {string.Join(", ", usable.Select(v => v.Code))}.";
    }

    /// <summary>Codes of which a group has at most one open member.</summary>
    public IReadOnlySet<string> Unique => unique;

    public static CodeWords Of(Catalogue catalogue, string list)
    {
        var lists = Known.GetValue(catalogue.View, _ => []);
        lock (lists)
        {
            return lists.TryGetValue(list, out var words) ? words : lists[list] = Make(catalogue.View, list);
        }
    }

    /// <summary>The code of a word.</summary>
    public string? Find(string? word) => word is null ? null : codes.GetValueOrDefault(word.Trim());

    /// <summary>What to say of a word that is none of them.</summary>
    public FieldProblem Unknown(string path) => new(path, "code", allowed);

    /// <summary>A catalogue of one's own may lack the lists: then the words that the core itself uses are all there are.</summary>
    private static CodeWords Make(CatalogueView view, string list) =>
        new(
            list,
            view.CodeLists.FirstOrDefault(l => l.Id == list)?.Codes
                ??
                [
                    .. (list == MembershipKind ? (string[])[Membership.Head, Membership.Plain] : EndReasons.All).Select(
                        code => new CodeView(code, new Dictionary<string, string>(), [])
                    ),
                ]
        );
}

/// <summary>Why memberships end, where the core itself ends them.</summary>
internal static class EndReasons
{
    public const string Moved = "moved";
    public const string Split = "split";
    public const string Merged = "merged";
    public const string Dissolved = "dissolved";

    public static string[] All { get; } = [Moved, Split, Merged, Dissolved];
}
