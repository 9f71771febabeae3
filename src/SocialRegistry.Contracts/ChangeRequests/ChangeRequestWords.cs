namespace SocialRegistry.Contracts;

/// <summary>What a change request asks for. Each names the record it is about (<c>subject</c>) and has a payload of its own.</summary>
public static class ChangeRequestTypes
{
    /// <summary>Subject: any record. <c>values</c> (merge patch), <c>identifiers</c> (the whole new list).</summary>
    public const string EditFields = "edit_fields";

    /// <summary>Subject: the group. <c>member</c>, <c>kinds</c>, <c>startedOn</c>.</summary>
    public const string AddMember = "add_member";

    /// <summary>Subject: the group. <c>member</c>, <c>endReason</c>, <c>endedOn</c>, <c>newHead</c>.</summary>
    public const string RemoveMember = "remove_member";

    /// <summary>Subject: the group that is left. <c>member</c>, <c>toGroup</c>, <c>kinds</c>, <c>newHead</c>.</summary>
    public const string MoveMember = "move_member";

    /// <summary>Subject: the group. <c>members</c>, <c>head</c>, <c>newHead</c>, <c>values</c>, <c>take</c>, <c>identifiers</c>.</summary>
    public const string SplitHousehold = "split_household";

    /// <summary>Subject: the group that stays. <c>other</c>, <c>head</c>, <c>kinds</c>.</summary>
    public const string MergeHouseholds = "merge_households";

    /// <summary>Subject: the group. <c>head</c>, <c>kinds</c>.</summary>
    public const string ChangeHead = "change_head";

    /// <summary>Subject: the person. One of <c>parents</c>, <c>removeParents</c>, <c>spouse</c>, <c>relation</c>, <c>endRelation</c>.</summary>
    public const string Relationship = "relationship";

    /// <summary>No subject. <c>kind</c>, <c>values</c>, <c>identifiers</c>, <c>generate</c>; a group also <c>members</c>.</summary>
    public const string NewRegistrant = "new_registrant";

    /// <summary>Subject: any record. <c>status</c>, <c>on</c>.</summary>
    public const string Exit = "exit";

    public static IReadOnlyList<string> All { get; } =
    [
        EditFields,
        AddMember,
        RemoveMember,
        MoveMember,
        SplitHousehold,
        MergeHouseholds,
        ChangeHead,
        Relationship,
        NewRegistrant,
        Exit,
    ];
}

/// <summary>Where a change request stands.</summary>
public static class ChangeRequestStates
{
    public const string Draft = "draft";
    public const string Submitted = "submitted";

    /// <summary>Somebody has claimed it, or the first of two stages is done.</summary>
    public const string InReview = "in_review";

    /// <summary>All have agreed, but it could not be applied; <see cref="ChangeRequestView.Failure"/> says why.</summary>
    public const string Approved = "approved";
    public const string Rejected = "rejected";
    public const string Withdrawn = "withdrawn";
    public const string Applied = "applied";

    public static IReadOnlyList<string> All { get; } =
    [Draft, Submitted, InReview, Approved, Rejected, Withdrawn, Applied];

    /// <summary>Those in which a request may still change the register.</summary>
    public static IReadOnlyList<string> Open { get; } = [Submitted, InReview, Approved];
}

/// <summary>Steps a request takes.</summary>
public static class ChangeRequestActions
{
    /// <summary>By its maker, from draft. Everything is checked as if it were applied.</summary>
    public const string Submit = "submit";

    /// <summary>A reviewer takes it for a while; others wait.</summary>
    public const string Claim = "claim";

    /// <summary>The reviewer gives it back.</summary>
    public const string Release = "release";

    /// <summary>A reviewer agrees. The last agreement applies it.</summary>
    public const string Approve = "approve";

    /// <summary>A reviewer refuses, with a comment.</summary>
    public const string Reject = "reject";

    /// <summary>By its maker, until it is applied or rejected.</summary>
    public const string Withdraw = "withdraw";

    /// <summary>Maker or reviewer says something.</summary>
    public const string Comment = "comment";

    /// <summary>A reviewer tries again to apply what is approved.</summary>
    public const string Apply = "apply";

    /// <summary>By its maker, of what is approved and could not be applied: on what stands now, reviewed from the start.</summary>
    public const string Rebase = "rebase";

    public static IReadOnlyList<string> All { get; } =
    [Submit, Claim, Release, Approve, Reject, Withdraw, Comment, Apply, Rebase];
}
