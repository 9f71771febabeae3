namespace SocialRegistry.Contracts;

/// <summary>A field as queries see it: a field of the catalogue, or a part of one by its path.</summary>
public sealed record QueryField
{
    /// <summary>The field id or path, such as <c>place.name</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Kinds of registrant of which this holds; of another kind the field has no value.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Another kind knows the path as something else, so that what is stored there may be no value of this field.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>From the field inwards; the last one is compared.</summary>
    public required IReadOnlyList<FieldView> Steps { get; init; }

    public FieldView Root => Steps[0];

    public FieldView Leaf => Steps[^1];

    /// <summary>Personal or sensitive: stored as ciphertext, so the database compares keyed tokens of it.</summary>
    public bool IsProtected => Root.Class is FieldClass.Personal or FieldClass.Sensitive;

    /// <summary>An object: its parts have values.</summary>
    public bool HasParts => Leaf.Parts.Count > 0;

    /// <summary>One value at most, directly in the record.</summary>
    public bool IsSimple => Steps is [{ Repeated: false }];

    /// <summary>
    /// Tokens are made of protected texts that are searchable, and of nothing else: whoever holds a copy of the database could count
    /// the tokens of a yes or no, of a code or a date, and know them.
    /// </summary>
    public bool HasTokens => IsProtected && Root.Searchable && Steps.Count == 1 && Leaf.Type == FieldType.Text;

    /// <summary>A folded copy is kept of clear texts that are searchable.</summary>
    public bool HasFoldedCopy => !IsProtected && Root.Searchable && Leaf.Type == FieldType.Text;

    /// <summary>Takes the operator: by its type and class (design section 5).</summary>
    public bool Takes(QueryOperator op) =>
        (op == QueryOperator.Exists && (!IsProtected || Steps.Count == 1))
        || (
            IsProtected
                ? HasTokens && op is QueryOperator.Eq or QueryOperator.In
                : Leaf.Type switch
                {
                    _ when HasParts => false,
                    FieldType.Boolean => op is QueryOperator.Eq or QueryOperator.Ne,
                    FieldType.Integer or FieldType.Decimal or FieldType.Date => op
                        is not (QueryOperator.Exists or QueryOperator.Contains or QueryOperator.StartsWith),
                    FieldType.Text => op
                        is QueryOperator.Eq
                            or QueryOperator.Ne
                            or QueryOperator.In
                            or QueryOperator.Nin
                            or QueryOperator.Contains
                            or QueryOperator.StartsWith,
                    _ => op is QueryOperator.Eq or QueryOperator.Ne or QueryOperator.In or QueryOperator.Nin,
                }
        );

    /// <summary>May be sorted by: one clear, searchable value that has an order.</summary>
    public bool IsSortable => IsSimple && !IsProtected && Root.Searchable && !HasParts;

    /// <summary>The field at a path in a catalogue's fields; <c>null</c> when there is none.</summary>
    public static QueryField? Find(IEnumerable<FieldView> fields, string path)
    {
        var steps = new List<FieldView>();
        var level = fields;
        foreach (var name in path.Split('.'))
        {
            if (level.FirstOrDefault(f => f.Id == name) is not { } step)
            {
                return null;
            }

            steps.Add(step);
            level = step.Parts;
        }

        return new QueryField
        {
            Path = path,
            Kinds = [steps[0].Kind],
            Steps = steps,
        };
    }

    /// <summary>The field and everything within it that holds a value.</summary>
    public static IEnumerable<QueryField> Leaves(FieldView field) => Leaves([field]);

    private static IEnumerable<QueryField> Leaves(IReadOnlyList<FieldView> steps) =>
        steps[^1].Parts.Count > 0
            ? steps[^1].Parts.SelectMany(part => Leaves([.. steps, part]))
            :
            [
                new QueryField
                {
                    Path = string.Join('.', steps.Select(s => s.Id)),
                    Kinds = [steps[0].Kind],
                    Steps = steps,
                },
            ];
}
