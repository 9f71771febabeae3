namespace SocialRegistry.Contracts;

/// <summary>Bounds of a query tree.</summary>
public static class QueryLimits
{
    /// <summary>Nodes within nodes.</summary>
    public const int MaxDepth = 12;

    /// <summary>Nodes of a whole tree.</summary>
    public const int MaxNodes = 100;

    /// <summary>Members, groups and relatives within each other.</summary>
    public const int MaxRelations = 3;

    /// <summary>Values of one <c>in</c>.</summary>
    public const int MaxValues = 500;

    /// <summary>Characters of one text.</summary>
    public const int MaxTextLength = 500;

    /// <summary>Characters of a text to be contained or begun with, once folded.</summary>
    public const int MaxPartLength = 100;

    /// <summary>Characters of an identifier.</summary>
    public const int MaxIdentifierLength = 200;

    /// <summary>Fields of one sort.</summary>
    public const int MaxSortFields = 4;
}
