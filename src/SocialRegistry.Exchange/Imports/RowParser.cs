using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Turns the cells of a row into a record to import. An empty cell says nothing: it neither sets nor removes.</summary>
internal sealed partial class RowParser(ColumnPlan plan, string kind, CatalogueView catalogue)
{
    private const char ListSeparator = '|';
    private const int MaxIdentifier = 200;

    public Outcome<ImportRow> Parse(CsvRow row)
    {
        if (row.Fault is { } fault)
        {
            return Problem.Invalid("imports.row_unreadable", "The row is not readable CSV.", fault.ToProblem());
        }

        if (row.Cells.Count != plan.Columns.Count)
        {
            return Problem.Invalid(
                "imports.row_unreadable",
                "The row has another number of cells than the header.",
                new FieldProblem("row", "cell_count", $"{plan.Columns.Count} cells expected, {row.Cells.Count} found.")
            );
        }

        var draft = new Draft();
        for (var i = 0; i < plan.Columns.Count; i++)
        {
            var text = CsvCells.WithoutGuard(row.Cells[i].Trim());
            if (text.Length > 0)
            {
                Fill(draft, plan.Columns[i], text);
            }
        }

        if (draft.Identifiers.Count == 0)
        {
            draft.Wrong.Add(new FieldProblem("identifiers", "required", "The row carries no identifier."));
        }

        if (draft.Kinds.Count > 0 && draft.Group is null)
        {
            draft.Wrong.Add(
                new FieldProblem(ColumnNames.MembershipKind, "orphan", "A kind of membership needs the group it is in.")
            );
        }

        return draft.Wrong.Count == 0
            ? draft.ToRow(kind)
            : Problem.Invalid("imports.row_invalid", "The row was left out.", draft.Wrong);
    }

    private void Fill(Draft draft, Column column, string text)
    {
        switch (column)
        {
            case Column.OwnIdentifier own:
                CheckIdentifier(draft, own.Type, text);
                draft.Identifiers.Add(new Identifier(own.Type, text));
                break;
            case Column.GroupIdentifier group:
                CheckIdentifier(draft, ColumnNames.Household, text);
                draft.Group = new Identifier(group.Type, text);
                break;
            case Column.MembershipKinds:
                draft.Kinds.AddRange(
                    text.Split(ListSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                );
                break;
            case Column.Value { IsList: true } list:
                foreach (
                    var item in text.Split(
                        ListSeparator,
                        StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                    )
                )
                {
                    Add(draft, list, item, value => draft.Items(list.Field).Add(value));
                }

                break;
            case Column.Value value:
                Add(draft, value, text, parsed => draft.Set(value, parsed));
                break;
            case Column.Ignored:
                break;
        }
    }

    /// <summary>A spreadsheet that took an identifier for a number has lost its digits: what is left would be taken for another's.</summary>
    private static void CheckIdentifier(Draft draft, string field, string text)
    {
        if (text.Length > MaxIdentifier)
        {
            draft.Wrong.Add(
                new FieldProblem(field, "length", $"An identifier has at most {MaxIdentifier} characters.")
            );
        }
        else if (ScientificNumber().IsMatch(text))
        {
            draft.Wrong.Add(
                new FieldProblem(
                    field,
                    "scientific_notation",
                    "A spreadsheet has rounded this number; format the column as text and fill it again."
                )
            );
        }
    }

    private void Add(Draft draft, Column.Value column, string text, Action<JsonNode> add)
    {
        var value = CellValue.Parse(text, column.Leaf, catalogue, out var problem);
        if (value is null)
        {
            draft.Wrong.Add(problem! with { Field = column.Target });
        }
        else
        {
            add(value);
        }
    }

    [GeneratedRegex(@"^[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ScientificNumber();

    /// <summary>A record in the making.</summary>
    private sealed class Draft
    {
        private readonly Dictionary<string, JsonNode> values = [];

        public List<Identifier> Identifiers { get; } = [];

        public Identifier? Group { get; set; }

        public List<string> Kinds { get; } = [];

        public List<FieldProblem> Wrong { get; } = [];

        public JsonArray Items(FieldView field) => Get(values, field.Id, () => new JsonArray());

        public void Set(Column.Value column, JsonNode value)
        {
            if (column.Path.Count == 0)
            {
                if (column.Field.Repeated)
                {
                    Items(column.Field).Add(value);
                }
                else
                {
                    values[column.Field.Id] = value;
                }

                return;
            }

            var target = column.Field.Repeated ? Item(column) : Get(values, column.Field.Id, () => new JsonObject());
            foreach (var part in column.Path.SkipLast(1))
            {
                if (target[part.Id] is not JsonObject inner)
                {
                    target[part.Id] = inner = [];
                }

                target = inner;
            }

            target[column.Leaf.Id] = value;
        }

        public ImportRow ToRow(string kind) =>
            new()
            {
                Kind = kind,
                Values = values.ToDictionary(v => v.Key, v => JsonSerializer.SerializeToElement(Compact(v.Value))),
                Identifiers = Identifiers,
                Group = Group,
                MembershipKinds = Kinds,
            };

        private JsonObject Item(Column.Value column)
        {
            var items = Items(column.Field);
            while (items.Count <= column.Item)
            {
                items.Add((JsonNode)new JsonObject());
            }

            return items[column.Item]!.AsObject();
        }

        /// <summary>Items that no cell filled are no items.</summary>
        private static JsonNode Compact(JsonNode value)
        {
            if (value is JsonArray items)
            {
                foreach (var empty in items.Where(i => i is JsonObject { Count: 0 }).ToList())
                {
                    items.Remove(empty);
                }
            }

            return value;
        }

        private static T Get<T>(Dictionary<string, JsonNode> values, string id, Func<T> make)
            where T : JsonNode
        {
            if (values.TryGetValue(id, out var there))
            {
                return (T)there;
            }

            var made = make();
            values[id] = made;
            return made;
        }
    }
}
