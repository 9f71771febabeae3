using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Roles;
using SocialRegistry.Access.Setup;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Partners;

/// <summary>What an administrator does with partners. No partner does it to itself.</summary>
internal sealed partial class ChangePartners(
    AccessWork work,
    IFieldCatalogue catalogue,
    PartnerSecrets secrets,
    ILogger<ChangePartners> logger
)
{
    private const string Target = "partner";
    private const int MaxId = 100;
    private const int MaxOverlapSeconds = 30 * 24 * 60 * 60;

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    public async Task<Outcome<PartnerSecretResponse>> CreateAsync(
        CreatePartnerRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var names = new CatalogueNames(await catalogue.GetAsync(cancellationToken));
        var withSecret = request.WithSecret ?? request.Jwks is null or { ValueKind: JsonValueKind.Null };
        var secret = withSecret ? PartnerSecrets.Make() : null;
        var hash = secret is null ? null : secrets.Hash(secret);
        return await work.RunAsync<PartnerSecretResponse>(
            async (db, now) =>
            {
                var standing = await RoleDirectory.StandingAsync(db, cancellationToken);
                var scopes = request.Scopes ?? standing[RoleNames.PartnerSystem].Permissions;
                var place = Place(request with { Scopes = scopes });
                var id = PartnerReader.Id(place);
                var entry = Read(place, names, hasSecret: hash is not null, before: []);
                if (place.Problems.Count > 0 || id is null)
                {
                    return AccessProblems.Invalid(place.Problems);
                }

                if (await db.Partners.AnyAsync(p => p.Id == id, cancellationToken))
                {
                    return PartnerProblems.Taken;
                }

                var partner = new Partner(id, now);
                partner.Apply(entry);
                partner.SetSecret(hash, now);
                db.Partners.Add(partner);
                var changes = Difference.Between(null, PartnerState.Of(partner));
                db.Changes.Add(AccessEntry.Of("partners.created", Target, id, changes, caller, now));
                return new PartnerSecretResponse(PartnerResponse.Of(partner, now), secret);
            },
            cancellationToken
        );
    }

    public async Task<Outcome<PartnerResponse>> SetAsync(
        string id,
        long expected,
        PartnerRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var names = new CatalogueNames(await catalogue.GetAsync(cancellationToken));
        return await RunAsync(
            id,
            expected,
            "partners.changed",
            caller,
            (partner, now) =>
            {
                var place = Place(request);
                var entry = Read(place, names, partner.SecretHash is not null, partner.Scopes);
                if (place.Problems.Count > 0)
                {
                    return AccessProblems.Invalid(place.Problems);
                }

                partner.Apply(entry);
                partner.Touch(now);
                return null;
            },
            cancellationToken
        );
    }

    public Task<Outcome<PartnerResponse>> SuspendAsync(
        string id,
        bool suspended,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            id,
            null,
            suspended ? "partners.suspended" : "partners.activated",
            caller,
            (partner, now) =>
            {
                partner.Suspend(suspended, now);
                return null;
            },
            cancellationToken
        );

    public Task<Outcome<PartnerResponse>> RetireAsync(
        string id,
        long expected,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            id,
            expected,
            "partners.retired",
            caller,
            (partner, now) =>
            {
                partner.Retire(now);
                return null;
            },
            cancellationToken
        );

    public async Task<Outcome<PartnerSecretResponse>> RotateSecretAsync(
        string id,
        int overlapSeconds,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (overlapSeconds is < 0 or > MaxOverlapSeconds)
        {
            return AccessProblems.Invalid([new FieldProblem("overlapSeconds", "range", $"0 to {MaxOverlapSeconds}")]);
        }

        var overlap = TimeSpan.FromSeconds(overlapSeconds);
        var secret = PartnerSecrets.Make();
        var outcome = await RunAsync(
            id,
            null,
            "partners.secret_made",
            caller,
            (partner, now) =>
            {
                var both = overlap > TimeSpan.Zero && partner.SecretHash is not null;
                partner.RotateSecret(
                    secrets.Hash(secret, both ? partner.SecretHash : null),
                    both ? now + overlap : null,
                    now
                );
                return null;
            },
            cancellationToken
        );
        return outcome.Map(partner => new PartnerSecretResponse(partner, secret));
    }

    /// <summary>From now on the partner proves itself by its keys alone.</summary>
    public Task<Outcome<PartnerResponse>> RetireSecretAsync(
        string id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            id,
            null,
            "partners.secret_retired",
            caller,
            (partner, now) =>
            {
                if (partner.Jwks is null)
                {
                    return PartnerProblems.NoCredential;
                }

                partner.SetSecret(null, now);
                partner.Touch(now);
                return null;
            },
            cancellationToken
        );

    /// <param name="before">Scopes that stand: who has too much from the bootstrap file keeps it, but gets no more.</param>
    private static PartnerEntry Read(
        JsonPlace place,
        CatalogueNames names,
        bool hasSecret,
        IReadOnlyCollection<string> before
    )
    {
        var jwks = place.Member("jwks");
        var entry = PartnerReader.Rights(place, names) with { Jwks = PartnerReader.Keys(jwks) };
        PartnerReader.CheckSignature(place, entry);
        if (!hasSecret && entry.Jwks is null)
        {
            place.Problems.Add(
                new FieldProblem("jwks", "required", "a secret or jwks, so that the partner can prove who it is")
            );
        }

        if (RoleRules.BreaksSeparation(entry.Scopes) && !entry.Scopes.All(before.Contains))
        {
            place.Problems.Add(new FieldProblem("scopes", "separation", RoleRules.Separation));
        }

        return entry;
    }

    private async Task<Outcome<PartnerResponse>> RunAsync(
        string id,
        long? expected,
        string action,
        Caller caller,
        Func<Partner, DateTimeOffset, Problem?> change,
        CancellationToken cancellationToken
    )
    {
        // Ids may hold a slash, which a path carries encoded.
        id = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var outcome = await work.RunAsync<PartnerResponse>(
            async (db, now) =>
            {
                if (
                    !PlainText.Is(id, MaxId)
                    || await db.Partners.SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } partner
                )
                {
                    return PartnerProblems.NotFound;
                }

                if (caller.Kind == CallerKind.Partner && caller.Id == partner.Id)
                {
                    return AccessProblems.OwnRights;
                }

                if (partner.Retired)
                {
                    return PartnerProblems.Retired;
                }

                if (expected is { } version && version != partner.Version)
                {
                    return AccessProblems.ChangedSince(partner.Version);
                }

                var before = PartnerState.Of(partner);
                if (change(partner, now) is { } problem)
                {
                    return problem;
                }

                var changes = Difference.Between(before, PartnerState.Of(partner));
                db.Changes.Add(AccessEntry.Of(action, Target, partner.Id, changes, caller, now));
                return PartnerResponse.Of(partner, now);
            },
            cancellationToken
        );
        if (outcome.Succeeded)
        {
            Log.Changed(logger, outcome.Value.Id, action, caller.Id);
        }

        return outcome;
    }

    /// <summary>The request in the form of the bootstrap file, where all fields are the word <c>*</c> and not a list.</summary>
    private static JsonPlace Place<T>(T request)
        where T : PartnerRequest
    {
        var json = JsonSerializer.SerializeToNode(request, Plain)!.AsObject();
        foreach (var name in (string[])["attributes", "filters"])
        {
            if (json[name] is JsonArray { Count: 1 } list && (string?)list[0] == "*")
            {
                json[name] = "*";
            }
        }

        return new JsonPlace(JsonSerializer.SerializeToElement(json), "", []);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6020, Level = LogLevel.Information, Message = "Partner {Partner}: {Action}, by {By}")]
        public static partial void Changed(ILogger logger, string partner, string action, string by);
    }
}
