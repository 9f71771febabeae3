using SocialRegistry.Contracts;

namespace SocialRegistry.Exchange.Imports;

/// <summary>What one column of a file fills.</summary>
internal abstract record Column(string Header)
{
    /// <summary>Names what is filled: no two columns of a file may fill the same.</summary>
    public abstract string Target { get; }

    /// <summary>A column that the mapping leaves out.</summary>
    public sealed record Ignored(string Header) : Column(Header)
    {
        public override string Target => "";
    }

    /// <summary>A field, or a part of one item of a group field.</summary>
    /// <param name="Path">Ids below the field, empty for the field itself.</param>
    /// <param name="Item">0 for the first item of a repeated field.</param>
    public sealed record Value(string Header, FieldView Field, IReadOnlyList<FieldView> Path, int Item) : Column(Header)
    {
        /// <summary>The field whose type the cell has.</summary>
        public FieldView Leaf => Path.Count == 0 ? Field : Path[^1];

        public override string Target =>
            Field.Id + (IsList ? "" : $"[{Item + 1}]") + string.Concat(Path.Select(part => "." + part.Id));

        /// <summary>A whole repeated field in one cell: its items stand between bars.</summary>
        public bool IsList => Path.Count == 0 && Field.Repeated && !Header.Contains('[', StringComparison.Ordinal);
    }

    /// <summary>An identifier of the record.</summary>
    public sealed record OwnIdentifier(string Header, string Type) : Column(Header)
    {
        public override string Target => "identifier " + Type;
    }

    /// <summary>The identifier of the group a person belongs to.</summary>
    public sealed record GroupIdentifier(string Header, string Type) : Column(Header)
    {
        public override string Target => "group";
    }

    /// <summary>The kinds of that membership, between bars.</summary>
    public sealed record MembershipKinds(string Header) : Column(Header)
    {
        public override string Target => "membership";
    }
}
