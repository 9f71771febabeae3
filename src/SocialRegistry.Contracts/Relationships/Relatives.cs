namespace SocialRegistry.Contracts;

/// <summary>
/// How somebody is related. What a kind says is said of the other: <c>parent</c> is the person's parent. Persons whose parents are not
/// recorded are nobody's siblings: an absent parent is never the same parent.
/// </summary>
public static class RelativeKinds
{
    public const string Parent = "parent";
    public const string Child = "child";

    /// <summary>Parents of parents.</summary>
    public const string Grandparent = "grandparent";
    public const string Grandchild = "grandchild";

    /// <summary>Three generations up or more; as a filter also parents and grandparents.</summary>
    public const string Ancestor = "ancestor";

    /// <summary>Three generations down or more; as a filter also children and grandchildren.</summary>
    public const string Descendant = "descendant";

    /// <summary>Both parents are the same two.</summary>
    public const string FullSibling = "full_sibling";

    /// <summary>One parent is the same, the other two are known and not the same.</summary>
    public const string HalfSibling = "half_sibling";

    /// <summary>One parent is the same, of the others at least one is not recorded. As a filter: siblings of every sort.</summary>
    public const string Sibling = "sibling";

    /// <summary>Siblings of parents.</summary>
    public const string AuntUncle = "aunt_uncle";

    /// <summary>Children of siblings.</summary>
    public const string NephewNiece = "nephew_niece";

    /// <summary>Children of aunts and uncles.</summary>
    public const string Cousin = "cousin";

    /// <summary>Married and not separated.</summary>
    public const string Spouse = "spouse";

    /// <summary>Once married, separated.</summary>
    public const string FormerSpouse = "former_spouse";

    /// <summary>A couple, not married, not separated.</summary>
    public const string Partner = "partner";

    /// <summary>Parents of the spouse.</summary>
    public const string ParentInLaw = "parent_in_law";

    /// <summary>Spouses of children.</summary>
    public const string ChildInLaw = "child_in_law";

    /// <summary>Siblings of the spouse and spouses of siblings.</summary>
    public const string SiblingInLaw = "sibling_in_law";

    /// <summary>A parent's spouse who is no parent.</summary>
    public const string StepParent = "step_parent";

    /// <summary>The spouse's child who is none of one's own.</summary>
    public const string StepChild = "step_child";
    public const string Guardian = "guardian";

    /// <summary>Whose guardian she is.</summary>
    public const string Ward = "ward";

    /// <summary>Only as a filter: parents-, children- and siblings-in-law.</summary>
    public const string InLaw = "in_law";

    /// <summary>The words a filter may name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Parent,
        Child,
        Grandparent,
        Grandchild,
        Ancestor,
        Descendant,
        FullSibling,
        HalfSibling,
        Sibling,
        AuntUncle,
        NephewNiece,
        Cousin,
        Spouse,
        FormerSpouse,
        Partner,
        ParentInLaw,
        ChildInLaw,
        SiblingInLaw,
        StepParent,
        StepChild,
        Guardian,
        Ward,
        InLaw,
    ];
}

/// <summary>Which relatives are wanted.</summary>
public sealed record RelativesQuery
{
    /// <summary>Words of <see cref="RelativeKinds"/>; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Most links between the two, 1 to 10: parents are one link away, grandparents and siblings two, cousins four.</summary>
    public int Depth { get; init; } = 4;
}

/// <summary>The relatives of one person.</summary>
/// <param name="Items">Nearest first; a person may stand in it once per kind.</param>
/// <param name="Truncated">True when there are more than could be looked at: ask for fewer kinds or less depth.</param>
public sealed record RelativesView(IReadOnlyList<RelativeView> Items, bool Truncated);

/// <summary>One relative.</summary>
/// <param name="Kind">A word of <see cref="RelativeKinds"/>.</param>
/// <param name="Depth">Links on the path; for ancestors and descendants the generations between.</param>
/// <param name="ThroughAdoption">True when a link of the path is an adoption.</param>
/// <param name="Path">The links from the person to the relative, the last names the relative.</param>
public sealed record RelativeView(
    RegistrantId Id,
    string Kind,
    int Depth,
    bool ThroughAdoption,
    IReadOnlyList<RelativeStep> Path
);

/// <summary>One link of a path.</summary>
/// <param name="Link"><c>parent</c>, <c>child</c>, <c>spouse</c>, <c>former_spouse</c>, <c>partner</c>, <c>guardian</c> or <c>ward</c>.</param>
/// <param name="Id">Whom the link leads to.</param>
public sealed record RelativeStep(string Link, RegistrantId Id);
