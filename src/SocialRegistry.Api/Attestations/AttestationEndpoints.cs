using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using SocialRegistry.Api.Signed;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Attestations;

internal static class AttestationEndpoints
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private const string Subject = "attestations";

    private static readonly Problem NotJson = Problem.Invalid(
        "attestations.not_json",
        "The body is not the JSON of statements: an object with 'statements', without members that are not known or come twice."
    );

    private static readonly Problem TooLarge = new(
        "attestations.too_large",
        ProblemKind.TooLarge,
        "One call has at most 4 MiB; signed, at most a million characters. Send it in parts."
    );

    public static void MapAttestations(this IEndpointRouteBuilder routes)
    {
        var attestations = routes.MapGroup("/registrants/{id}/attestations").WithTags("Attestations").WithProblems();
        attestations.ProducesProblem(StatusCodes.Status410Gone);
        attestations
            .MapGet("/", ListAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("The state of each attestable field that has a value");
        attestations
            .MapPut("/{field}", AttestAsync)
            .RequireAuthorization(Permissions.WriteAttestations)
            .WithSummary("State something about the value that stands")
            .WithDescription(
                "An application whose signature policy is required sends its statements signed to POST /api/v1/attestations instead."
            );
        attestations
            .MapGet("/{field}/history", HistoryAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("All that was ever stated about one field, newest first");
        var all = routes.MapGroup("/attestations").WithTags("Attestations").WithProblems();
        all.MapPost("/", AttestManyAsync)
            .RequireAuthorization(Permissions.WriteAttestations)
            .Accepts<AttestManyRequest>("application/json", PartnerSignatures.MediaType)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .WithSummary("State something about many values")
            .WithDescription(
                "Several fields of one record, or one field of many records, up to 1,000 statements. Each has an outcome of its own, in the order sent; a bad one never stops the others. "
                    + "An application whose signature policy is required sends a compact JWS over the same JSON as application/jose, by one of its registered keys, with "
                    + "iat in the protected header; any other may. What is signed names each value once and by its valueHash. Thumbprint of the key and digest of what was signed "
                    + "stay with the statements; the same JWS again states nothing anew and is answered as the first time."
            );
        all.MapGet("/waiting", WaitingAsync)
            .RequireAuthorization(Permissions.WriteAttestations)
            .WithSummary("Values that wait for a statement which the caller may make")
            .WithDescription(
                "NEW, PENDING (a second person confirms) or EXPIRED. A page looks at a bounded number of records: it may be short or empty and still have a next one."
            );
    }

    private static async Task<Results<Ok<IReadOnlyList<AttestationView>>, ProblemHttpResult>> ListAsync(
        string id,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (await attestations.ListAsync(registrant, caller.ToCaller(), cancellationToken)).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<Ok<AttestationView>, ProblemHttpResult>> AttestAsync(
        string id,
        string field,
        AttestRequest body,
        HttpCaller caller,
        IAttestations attestations,
        [FromServices] PartnerSignatures signatures,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (
                await StateAsync(
                    registrant,
                    field,
                    body,
                    caller.ToCaller(),
                    attestations,
                    signatures,
                    cancellationToken
                )
            ).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Outcome<AttestationView>> StateAsync(
        RegistrantId id,
        string field,
        AttestRequest body,
        Caller caller,
        IAttestations attestations,
        PartnerSignatures signatures,
        CancellationToken cancellationToken
    )
    {
        if (await signatures.RefuseUnsignedAsync(Subject, caller, cancellationToken) is { } unsigned)
        {
            return unsigned;
        }

        var statement = body.ToStatement("", null);
        return statement.Succeeded
            ? await attestations.AttestAsync(id, field, statement.Value, caller, cancellationToken)
            : statement.Problem;
    }

    private static async Task<Results<Ok<Page<AttestationView>>, ProblemHttpResult>> HistoryAsync(
        string id,
        string field,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (
                await attestations.HistoryAsync(
                    registrant,
                    field,
                    page.ToPageRequest(),
                    caller.ToCaller(),
                    cancellationToken
                )
            ).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<Ok<AttestManyAnswer>, ProblemHttpResult>> AttestManyAsync(
        HttpRequest request,
        HttpCaller httpCaller,
        IAttestations attestations,
        [FromServices] PartnerSignatures signatures,
        [FromServices] IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json,
        CancellationToken cancellationToken
    )
    {
        var caller = httpCaller.ToCaller();
        var body = await SentBody.ReadAsync(request, MaxBytes, TooLarge, NotJson, cancellationToken);
        if (!body.Succeeded)
        {
            return body.Problem.ToHttp();
        }

        var opened = await signatures.OpenAsync(body.Value, Subject, caller, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Problem.ToHttp();
        }

        var sent = opened.Value.Parse<AttestManyRequest>(json.Value.SerializerOptions);
        var statements = sent is null ? NotJson : sent.ToStatements(opened.Value.Signature);
        if (!statements.Succeeded)
        {
            return statements.Problem.ToHttp();
        }

        var outcomes = await attestations.AttestManyAsync(statements.Value, caller, cancellationToken);
        return outcomes.Map(o => AttestManyAnswer.Of(statements.Value, o)).ToHttp();
    }

    private static async Task<Results<Ok<Page<WaitingItem>>, ProblemHttpResult>> WaitingAsync(
        [AsParameters] WaitingQuery filter,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    ) =>
        (
            await attestations.WaitingAsync(
                new WaitingFilter(filter.Field, filter.Area, filter.Kind),
                page.ToPageRequest(),
                caller.ToCaller(),
                cancellationToken
            )
        )
            .Map(WaitingItem.Page)
            .ToHttp();
}
