using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Commands;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>A filled register, and the calls on its ports that are measured. A call that fails ends the run.</summary>
internal sealed class RecordsRegister
{
    /// <summary>Persons whose records are touched, at most.</summary>
    private const int MostTouched = 200_000;
    private const int PageSize = 50;
    private const string EditedField = "education_level";
    private static readonly TimeSpan IndexWait = TimeSpan.FromMinutes(10);
    private static readonly Caller Caller = Caller.System("bench", "bench");
    private static readonly JsonElement[] Codes =
    [
        JsonSerializer.SerializeToElement("3"),
        JsonSerializer.SerializeToElement("4"),
    ];

    private readonly IRegistrants registrants;
    private readonly List<Identifier> identifiers;
    private readonly List<RegistrantId> ids = [];
    private readonly List<long> versions = [];

    private RecordsRegister(IRegistrants registrants, IEnumerable<Identifier> identifiers)
    {
        this.registrants = registrants;
        this.identifiers = [.. identifiers.Take(MostTouched)];
    }

    public IReadOnlyList<RegistrantId> Ids => ids;

    /// <summary>Looks the imported persons up, and waits until what searches use is built.</summary>
    public static async Task<RecordsRegister> OpenAsync(
        IServiceProvider services,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    )
    {
        var register = new RecordsRegister(services.GetRequiredService<IRegistrants>(), identifiers);
        foreach (var part in register.identifiers.Chunk(1_000))
        {
            var found = await register.registrants.FindAsync(
                part,
                new ReadOptions { Fields = [EditedField] },
                Caller,
                cancellationToken
            );
            foreach (var view in found.Require())
            {
                register.ids.Add(view!.Id);
                register.versions.Add(view.Version);
            }
        }

        await IndexedAsync(services.GetRequiredService<ICatalogueChanges>(), cancellationToken);
        return register;
    }

    public async Task<RegistrantView> ReadAsync(int person, CancellationToken cancellationToken) =>
        (await registrants.GetAsync(ids[person], ReadOptions.Default, Caller, cancellationToken)).Require();

    public async Task FindAsync(int person, CancellationToken cancellationToken)
    {
        var found = await registrants.FindAsync([identifiers[person]], ReadOptions.Default, Caller, cancellationToken);
        if (found.Require() is not [{ } view] || view.Id != ids[person])
        {
            throw new InvalidOperationException("A search by identifier did not find its person.");
        }
    }

    /// <summary>Changes one field of a person whom no other client edits meanwhile.</summary>
    public async Task EditAsync(int person, CancellationToken cancellationToken)
    {
        var patch = new RegistrantPatch
        {
            ExpectedVersion = versions[person],
            Values = new Dictionary<string, JsonElement> { [EditedField] = Codes[versions[person] % 2] },
        };
        versions[person] = (await registrants.UpdateAsync(ids[person], patch, Caller, cancellationToken))
            .Require()
            .Version;
    }

    /// <summary>A page of all women and girls: a clear, searchable field; about every second person.</summary>
    public async Task<SearchPage> SearchAsync(string? after, CancellationToken cancellationToken)
    {
        var page = await registrants.SearchAsync(
            new SearchRequest
            {
                Query = new FieldQuery("sex", QueryOperator.Eq, JsonSerializer.SerializeToElement("female")),
                Page = new PageRequest(PageSize, after),
            },
            Caller,
            cancellationToken
        );
        return page.Require();
    }

    /// <summary>Where a deep page begins: of page 2,000, or of the last full one.</summary>
    public async Task<(int Page, string After)> DeepAsync(int most, CancellationToken cancellationToken)
    {
        var pages = new List<string>();
        string? after = null;
        while (pages.Count < most - 1)
        {
            var page = await SearchAsync(after, cancellationToken);
            if (page.Next is not { } next)
            {
                break;
            }

            pages.Add(after = next);
        }

        // The page behind the last cursor may be a short one.
        return pages.Count >= 2
            ? (pages.Count, pages[^2])
            : throw new OperatorException("There are too few persons for a second page; give more with --persons.");
    }

    private static async Task IndexedAsync(ICatalogueChanges catalogue, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(IndexWait);
        while (
            (await catalogue.IndexesAsync(Caller, limit.Token)).Require() is var indexes
            && (indexes.Count == 0 || indexes.Any(i => i.State != FieldIndexState.Indexed))
        )
        {
            await Task.Delay(100, limit.Token);
        }
    }
}
