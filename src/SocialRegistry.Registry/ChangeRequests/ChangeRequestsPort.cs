using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>The port: each call goes to its action.</summary>
internal sealed class ChangeRequestsPort(MakeRequests make, ReviewRequests review, ReadRequests read) : IChangeRequests
{
    public Task<Outcome<ChangeRequestView>> CreateAsync(
        NewChangeRequest request,
        Caller caller,
        CancellationToken cancellationToken
    ) => make.CreateAsync(request, caller, cancellationToken);

    public Task<Outcome<ChangeRequestView>> UpdateAsync(
        ChangeRequestId id,
        ChangeRequestEdit edit,
        Caller caller,
        CancellationToken cancellationToken
    ) => make.UpdateAsync(id, edit, caller, cancellationToken);

    public Task<Outcome<ChangeRequestView>> ActAsync(
        ChangeRequestId id,
        ChangeRequestStep step,
        Caller caller,
        CancellationToken cancellationToken
    ) => review.ActAsync(id, step, caller, cancellationToken);

    public Task<Outcome<ChangeRequestView>> GetAsync(
        ChangeRequestId id,
        IReadOnlyList<string>? fields,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.GetAsync(id, fields, caller, cancellationToken);

    public Task<Outcome<Page<ChangeRequestView>>> ListAsync(
        ChangeRequestQuery query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.ListAsync(query, page, caller, cancellationToken);
}

internal static class ChangeRequestServices
{
    /// <summary>The port <c>IChangeRequests</c>, and the rules of direct changes that others ask.</summary>
    public static void AddChangeRequests(this IServiceCollection services)
    {
        services
            .AddOptions<ChangeRequestOptions>()
            .BindConfiguration("Registry:ChangeRequests")
            .ValidateDataAnnotations()
            .Validate(
                o => o.TypeStages.All(s => s.Value is 1 or 2 && ChangeRequestTypes.All.Contains(s.Key)),
                "Registry:ChangeRequests:TypeStages: a type of change request, and 1 or 2."
            )
            .Validate(
                o => o.FieldStages.Values.All(s => s is 1 or 2),
                "Registry:ChangeRequests:FieldStages: 1 or 2 for each field."
            )
            .Validate(
                o => o.Required.All(r => r is { Field.Length: > 0, Caller: null or "staff" or "partner" }),
                "Registry:ChangeRequests:Required: each names a field, and as caller staff or partner or nobody."
            )
            .ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<ChangeRequestOptions>>().Value);
        services.AddSingleton<EditRules>();
        services.AddSingleton<RunChange>();
        services.AddSingleton<RequestBase>();
        services.AddSingleton<RequestVault>();
        services.AddSingleton<RequestSight>();
        services.AddSingleton<RequestDrafts>();
        services.AddSingleton<RequestViews>();
        services.AddSingleton<SubmitRequest>();
        services.AddSingleton<MakeRequests>();
        services.AddSingleton<SubmitDraft>();
        services.AddSingleton<ApplyRequest>();
        services.AddSingleton<ReviewRequests>();
        services.AddSingleton<ReadRequests>();
        services.AddSingleton<IChangeRequests, ChangeRequestsPort>();
    }
}
