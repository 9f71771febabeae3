using System.Runtime.CompilerServices;
using System.Text;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;
using SocialRegistry.Exchange.Imports;

namespace SocialRegistry.Exchange.Exports;

/// <summary>What is to be exported.</summary>
public sealed record RegistrantExportRequest
{
    /// <summary>Columns for the items of a repeated group, at most.</summary>
    public const int MostItems = 20;

    /// <summary><see cref="RegistrantKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Field ids and identifier types wanted; absent means all the caller may have. Who may reveal has a masked field in the clear by naming it.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Columns for the items of a repeated group: 1 to <see cref="MostItems"/>.</summary>
    public int Items { get; init; } = 5;
}

/// <summary>A part of the file: the header, or the rows of one page.</summary>
/// <param name="Text">CSV, whole rows.</param>
/// <param name="Rows">Records in it.</param>
/// <param name="Incomplete">Records of which something stands in no column; the column <c>#not_exported</c> names what.</param>
public sealed record ExportBlock(string Text, int Rows, int Incomplete);

/// <summary>
/// Persons or groups as CSV under the columns that an import takes, page by page in the order of ids: what is in memory is one page. The
/// core shows each page as to any reader (rows, fields, masks) and has it in the log of disclosures before it gets here.
/// </summary>
public sealed class RegistrantExport(IRegistrants registrants, IFieldCatalogue fields)
{
    /// <summary>For people: an import passes over it.</summary>
    internal const string NotExported = "#not_exported";

    private const int PageRows = 500;
    private const string HouseholdNumber = "HOUSEHOLD_ID";

    /// <summary>Reads the first page, so that a refusal still is one; the rest is read while the blocks are taken.</summary>
    public async Task<Outcome<IAsyncEnumerable<ExportBlock>>> BeginAsync(
        RegistrantExportRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.RunExports) || caller.Kind == CallerKind.Person)
        {
            return Problem.Forbidden("exports.not_allowed", $"The permission {Permissions.RunExports} is needed.");
        }

        if (Check(request) is { } wrong)
        {
            return wrong;
        }

        // The permission to export is what opens this door; the core asks for its own, and for the kind as a filter, which is asked here and
        // not by the caller. Rows, fields and masks stay the caller's.
        var reader = caller with
        {
            Permissions = new HashSet<string>(caller.Permissions) { Permissions.ReadRegistrants },
            Filters = FieldScope.All,
        };
        var catalogue = await fields.GetAsync(cancellationToken);
        var wanted = request.Fields?.ToHashSet();
        var shape = new Shape(
            request,
            catalogue,
            ExportColumns.Of(catalogue, request.Kind, caller.Fields, wanted, request.Items),
            request.Kind == RegistrantKinds.Individual
                && caller.Fields.Contains("memberships")
                && (caller.Fields.Contains(HouseholdNumber) || caller.Fields.Contains("identifiers"))
                && (wanted is null || wanted.Contains(ColumnNames.Household) || wanted.Contains("memberships"))
        );
        var first = await PageAsync(shape, null, reader, cancellationToken);
        return first.Succeeded ? Outcome.Of(BlocksAsync(shape, first.Value, reader, cancellationToken)) : first.Problem;
    }

    private static Problem? Check(RegistrantExportRequest request)
    {
        var problems = new List<FieldProblem>();
        if (request.Kind is not (RegistrantKinds.Individual or RegistrantKinds.Group))
        {
            problems.Add(new FieldProblem("kind", "unknown", "individual or group."));
        }

        if (request.Items is < 1 or > RegistrantExportRequest.MostItems)
        {
            problems.Add(new FieldProblem("items", "range", $"1 to {RegistrantExportRequest.MostItems}."));
        }

        return problems.Count == 0 ? null : Problem.Invalid("exports.invalid", "This cannot be exported.", problems);
    }

    private async IAsyncEnumerable<ExportBlock> BlocksAsync(
        Shape shape,
        SearchPage first,
        Caller caller,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var text = new StringBuilder();
        text.AppendRow(shape.Header);
        yield return new ExportBlock(text.ToString(), 0, 0);
        for (var page = first; ; )
        {
            var households = shape.Households ? await HouseholdsAsync(page, caller, cancellationToken) : [];
            text.Clear();
            var incomplete = 0;
            foreach (var view in page.Items)
            {
                var (cells, left) = Row(shape, view, households);
                incomplete += left ? 1 : 0;
                text.AppendRow(cells);
            }

            yield return new ExportBlock(text.ToString(), page.Items.Count, incomplete);
            if (page.Next is null)
            {
                yield break;
            }

            page = (await PageAsync(shape, page.Next, caller, cancellationToken)).Require();
        }
    }

    private Task<Outcome<SearchPage>> PageAsync(
        Shape shape,
        string? after,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        registrants.SearchAsync(
            new SearchRequest
            {
                Query = new KindQuery(shape.Request.Kind),
                Page = new PageRequest(PageRows, after),
                Options = new ReadOptions
                {
                    Fields = shape.Request.Fields is { } wanted
                        ? [.. wanted.Where(f => f != ColumnNames.Household)]
                        : null,
                    OnlyNamedIdentifiers = true,
                    Memberships = shape.Households,
                },
            },
            caller,
            cancellationToken
        );

    /// <summary>The numbers of the groups that the persons of a page belong to.</summary>
    private async Task<Dictionary<RegistrantId, string>> HouseholdsAsync(
        SearchPage page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var numbers = new Dictionary<RegistrantId, string>();
        var options = new ReadOptions { Fields = [HouseholdNumber], OnlyNamedIdentifiers = true };
        var ids = page.Items.SelectMany(p => p.Memberships.Select(m => m.GroupId)).Distinct();
        foreach (var part in ids.Chunk(PageRows))
        {
            var groups = (await registrants.GetManyAsync(part, options, caller, cancellationToken)).Require();
            foreach (var group in groups.OfType<RegistrantView>())
            {
                if (group.Identifiers.FirstOrDefault(i => i.Type == HouseholdNumber) is { } number)
                {
                    numbers[group.Id] = number.Value;
                }
            }
        }

        return numbers;
    }

    private static (List<string> Cells, bool Incomplete) Row(
        Shape shape,
        RegistrantView view,
        Dictionary<RegistrantId, string> households
    )
    {
        var left = new List<string>(ExportColumns.Overflow(shape.Catalogue, view, shape.Request.Items));
        var cells = new List<string>(shape.Columns.Count + 3);
        foreach (var column in shape.Columns)
        {
            var cell = column.Read(view);
            cells.Add(cell ?? "");
            if (cell is null)
            {
                left.Add(column.Name);
            }
        }

        if (shape.Households)
        {
            // A row takes a person into one group: the first she is in that has a number.
            var membership = view.Memberships.FirstOrDefault(m => households.ContainsKey(m.GroupId));
            cells.Add(membership is null ? "" : households[membership.GroupId]);
            cells.Add(membership is null ? "" : string.Join('|', membership.Kinds));
            if (view.Memberships.Count > (membership is null ? 0 : 1))
            {
                left.Add("memberships");
            }
        }

        cells.Add(string.Join(' ', left.Distinct()));
        return (cells, left.Count > 0);
    }

    private sealed record Shape(
        RegistrantExportRequest Request,
        CatalogueView Catalogue,
        IReadOnlyList<ExportColumn> Columns,
        bool Households
    )
    {
        public IEnumerable<string> Header =>
            [
                .. Columns.Select(c => c.Name),
                .. Households ? (string[])[ColumnNames.Household, ColumnNames.MembershipKind] : [],
                NotExported,
            ];
    }
}
