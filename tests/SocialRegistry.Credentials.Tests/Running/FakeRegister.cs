using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Credentials.Tests.Running;

/// <summary>The core's ports with records in memory: shows what the caller's scope allows, as the real one does.</summary>
internal sealed class FakeRegister : IRegistrants, IAttestations, IFieldCatalogue
{
    private readonly Dictionary<RegistrantId, Dictionary<string, JsonElement>> records = [];
    private readonly Dictionary<(RegistrantId, string), AttestationView> states = [];

    /// <summary>Everyone who read, with what was asked.</summary>
    public List<(Caller Caller, ReadOptions Options)> Reads { get; } = [];

    public static CatalogueView Catalogue { get; } =
        new()
        {
            Version = 1,
            CodeLists = [],
            IdentifierTypes = [],
            Fields =
            [
                Field("given_name", "given_name", FieldClass.Personal),
                Field("surname", "family_name", FieldClass.Personal),
                Field("birth_date", "birthdate", FieldClass.Internal),
                Field("phone_number", "phone_number", FieldClass.Personal),
                Field("is_disabled", "is_disabled", FieldClass.Sensitive),
                Field("notes", null, FieldClass.Personal),
                Field("odd", "iss", FieldClass.Internal),
                Field("address", "address", FieldClass.Personal) with
                {
                    Type = FieldType.Group,
                    Parts = [Field("city", "locality", FieldClass.Personal), Field("plot", null, FieldClass.Personal)],
                },
            ],
        };

    /// <summary>A person with every field, the named ones ATTESTED.</summary>
    public RegistrantId Person(params string[] attested)
    {
        var id = new RegistrantId(Guid.CreateVersion7());
        records[id] = new Dictionary<string, JsonElement>
        {
            ["given_name"] = Json("\"Amara\""),
            ["surname"] = Json("\"Tolvane\""),
            ["birth_date"] = Json("\"1991-04-17\""),
            ["phone_number"] = Json("\"+99955501\""),
            ["is_disabled"] = Json("false"),
            ["notes"] = Json("\"secret note\""),
            ["odd"] = Json("\"x\""),
            ["address"] = Json("""{"city":"Nyota","plot":"17"}"""),
        };
        foreach (var field in attested)
        {
            State(id, field, AttestationStatuses.Attested);
        }

        return id;
    }

    public void State(RegistrantId id, string field, string status, DateOnly? validUntil = null) =>
        states[(id, field)] = new AttestationView
        {
            Field = field,
            Status = status,
            ValueHash = "hash",
            AttestedBy = "office-7",
            AttestedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Method = "document",
            Comments = "a remark about the person",
            ValidUntil = validUntil,
        };

    public Task<CatalogueView> GetAsync(CancellationToken cancellationToken) => Task.FromResult(Catalogue);

    public Task<Outcome<RegistrantView>> GetAsync(
        RegistrantId id,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        Assert.True(caller.May(Permissions.ReadRegistrants));
        Reads.Add((caller, options));
        if (!records.TryGetValue(id, out var values))
        {
            return Task.FromResult<Outcome<RegistrantView>>(Problem.NotFound("registrants.not_found", "None."));
        }

        return Task.FromResult<Outcome<RegistrantView>>(
            new RegistrantView
            {
                Id = id,
                Kind = RegistrantKinds.Individual,
                Version = 1,
                Status = "active",
                RegisteredAt = DateTimeOffset.UnixEpoch,
                UpdatedAt = DateTimeOffset.UnixEpoch,
                Values = values
                    .Where(v => caller.Fields.Contains(v.Key) && options.Fields?.Contains(v.Key) != false)
                    .ToDictionary(),
                Attestations = options.Attestations ? Shown(id, caller) : [],
            }
        );
    }

    public Task<Outcome<IReadOnlyList<AttestationView>>> ListAsync(
        RegistrantId id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        Assert.True(caller.May(Permissions.ReadRegistrants));
        return Task.FromResult<Outcome<IReadOnlyList<AttestationView>>>(
            records.ContainsKey(id) ? Shown(id, caller) : Problem.NotFound("registrants.not_found", "None.")
        );
    }

    private List<AttestationView> Shown(RegistrantId id, Caller caller) =>
        [.. states.Where(s => s.Key.Item1 == id && caller.Fields.Contains(s.Key.Item2)).Select(s => s.Value)];

    private static FieldView Field(string id, string? claim, FieldClass of) =>
        new()
        {
            Id = id,
            Kind = RegistrantKinds.Individual,
            Type = FieldType.Text,
            Class = of,
            Labels = new Dictionary<string, string> { ["eng"] = id, ["fra"] = "fr " + id },
            Attestable = true,
            Claim = claim,
        };

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public Task<Outcome<RegistrantView>> CreateAsync(NewRegistrant r, Caller c, CancellationToken t) =>
        throw new NotSupportedException();

    public Task<Outcome<RegistrantView>> UpdateAsync(
        RegistrantId i,
        RegistrantPatch p,
        Caller c,
        CancellationToken t
    ) => throw new NotSupportedException();

    public Task<Outcome<RegistrantView>> ChangeStatusAsync(
        RegistrantId i,
        StatusChange s,
        Caller c,
        CancellationToken t
    ) => throw new NotSupportedException();

    public Task<Outcome<Done>> ArchiveAsync(RegistrantId i, long v, string r, Caller c, CancellationToken t) =>
        throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> GetManyAsync(
        IReadOnlyList<RegistrantId> i,
        ReadOptions o,
        Caller c,
        CancellationToken t
    ) => throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(
        IReadOnlyList<Identifier> i,
        ReadOptions o,
        Caller c,
        CancellationToken t
    ) => throw new NotSupportedException();

    public Task<Outcome<SearchPage>> SearchAsync(SearchRequest r, Caller c, CancellationToken t) =>
        throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>> ImportAsync(
        IReadOnlyList<ImportRow> r,
        bool d,
        Caller c,
        CancellationToken t
    ) => throw new NotSupportedException();

    public Task<Outcome<IReadOnlyList<Outcome<AttestationView>>>> AttestManyAsync(
        IReadOnlyList<AttestationOf> statements,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Outcome<Page<AttestationView>>> HistoryAsync(
        RegistrantId id,
        string field,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Outcome<Page<WaitingAttestation>>> WaitingAsync(
        WaitingFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<Outcome<AttestationView>> AttestAsync(
        RegistrantId i,
        string f,
        AttestationStatement s,
        Caller c,
        CancellationToken t
    ) => throw new NotSupportedException();
}
