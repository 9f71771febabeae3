namespace SocialRegistry.Contracts;

/// <summary>
/// Changes that wait until others agree: drafted, submitted, reviewed in one or two stages, applied. Who makes one never reviews it, and
/// nobody reviews both stages. The last approval applies the change in the same transaction as a normal one; when that cannot be, the
/// request stays <c>approved</c>, says why, and nothing is half done. Making needs <c>requests:write</c>, reviewing
/// <c>requests:review</c>; with either one reads. A request about records outside the caller's rows is not there; a person sees her own.
/// </summary>
public interface IChangeRequests
{
    /// <summary>Drafts a request, or submits it at once. Permission <c>requests:write</c>.</summary>
    Task<Outcome<ChangeRequestView>> CreateAsync(
        NewChangeRequest request,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Replaces what a draft says. Its maker only.</summary>
    Task<Outcome<ChangeRequestView>> UpdateAsync(
        ChangeRequestId id,
        ChangeRequestEdit edit,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Takes a request a step on. The answer shows no values, reason or comments: they are read by <see cref="GetAsync"/>.</summary>
    Task<Outcome<ChangeRequestView>> ActAsync(
        ChangeRequestId id,
        ChangeRequestStep step,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>One request with its history. Values only as the caller may see the fields; the reading is a disclosure.</summary>
    /// <param name="fields">Fields to be shown, and in the clear for who may reveal; absent: all the caller may have.</param>
    Task<Outcome<ChangeRequestView>> GetAsync(
        ChangeRequestId id,
        IReadOnlyList<string>? fields,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Requests, the newest first, without any value. A page may have fewer items than asked for and still name a next one.</summary>
    Task<Outcome<Page<ChangeRequestView>>> ListAsync(
        ChangeRequestQuery query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );
}
