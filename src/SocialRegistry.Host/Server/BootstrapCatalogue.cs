using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Host.Server;

/// <summary>The sections <c>fields</c> and <c>codeLists</c> of a bootstrap file.</summary>
internal sealed record BootstrapCatalogue(CatalogueAdditions Additions)
{
    private const int MostItems = 2_000;

    public bool IsEmpty => Additions.CodeLists.Count + Additions.Fields.Count == 0;

    /// <summary>Reads the sections; a file that is no JSON at all holds none, and Access says so.</summary>
    public static Outcome<BootstrapCatalogue> Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            var content = file.Span is [0xEF, 0xBB, 0xBF, ..] ? file[3..] : file;
            using var document = JsonDocument.Parse(
                content,
                new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }
            );
            var problems = new List<FieldProblem>();
            var lists = Items<CodeListView>(document.RootElement, "codeLists", problems);
            var fields = Items<FieldDefinition>(document.RootElement, "fields", problems);
            foreach (var (index, field) in fields.Index())
            {
                if (field.Kind is null || field.Class is null)
                {
                    problems.Add(
                        new FieldProblem($"$.fields[{index}]", "required", "a field needs its kind and its class")
                    );
                }
            }

            return problems.Count == 0
                ? new BootstrapCatalogue(new CatalogueAdditions(lists, [.. fields.Select(f => f.ToView())]))
                : Problem.Invalid(
                    "bootstrap.invalid",
                    "The bootstrap file was not applied; mend these places.",
                    problems
                );
        }
        catch (JsonException)
        {
            return new BootstrapCatalogue(new CatalogueAdditions([], []));
        }
    }

    /// <summary>The catalogue as it will be: what other sections may name.</summary>
    public CatalogueView On(CatalogueView standing) =>
        standing with
        {
            Fields =
            [
                .. standing.Fields.Where(f => Additions.Fields.All(n => (n.Kind, n.Id) != (f.Kind, f.Id))),
                .. Additions.Fields,
            ],
        };

    private static List<T> Items<T>(JsonElement root, string section, List<FieldProblem> problems)
    {
        var items = new List<T>();
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty(section, out var array)
            || array.ValueKind == JsonValueKind.Null
        )
        {
            return items;
        }

        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() > MostItems)
        {
            problems.Add(new FieldProblem($"$.{section}", "type", $"an array of at most {MostItems} items"));
            return items;
        }

        foreach (var (index, item) in array.EnumerateArray().Index())
        {
            try
            {
                items.Add(item.Deserialize<T>(FieldDefinition.Format) ?? throw new JsonException());
            }
            catch (JsonException e)
            {
                // The parser's own message may quote the file, so only the place is told.
                var place = e.Path is { Length: > 1 } path ? path[1..] : "";
                problems.Add(
                    new FieldProblem(
                        $"$.{section}[{index}]{place}",
                        "definition",
                        "a definition after the schema of the bootstrap file, with no other member"
                    )
                );
            }
        }

        return items;
    }
}
