using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Relationships;

/// <summary>What can be refused about relationships. Codes are stable.</summary>
internal static class RelationshipProblems
{
    public const string OverlapCode = "relationships.spouse_overlap";

    public static Problem NotInScope { get; } =
        Problem.Forbidden("relationships.not_in_scope", "Relationships are not among the fields of this caller.");

    public static Problem BadReference(string field) =>
        Problem.Invalid(
            "relationships.reference_invalid",
            "A person is named by her registrant id or by an identifier of the catalogue, not by both.",
            new FieldProblem(field, "reference", "Send an id, or an object with 'type' and 'value'.")
        );

    public static Problem PersonUnknown(string field) =>
        Problem.Invalid(
            "relationships.person_unknown",
            "There is no such registrant, or it is not for this caller.",
            new FieldProblem(field, "unknown", "Name a registrant that is there and not archived.")
        );

    public static Problem NotAnIndividual(string field) =>
        Problem.Invalid(
            "relationships.not_an_individual",
            "Parents, guardians and spouses are individuals.",
            new FieldProblem(field, "kind", "Name an individual, not a group.")
        );

    public static Problem Self(string field) =>
        Problem.Invalid(
            "relationships.self",
            "Nobody is related to herself.",
            new FieldProblem(field, "self", "Name another person.")
        );

    public static Problem SameParentTwice { get; } =
        Problem.Invalid(
            "relationships.same_parent_twice",
            "The two parents are one and the same person.",
            new FieldProblem("Parent2Id", "duplicate", "Name another person, or leave it out.")
        );

    public static Problem Cycle(string field) =>
        Problem.Conflict(
            "relationships.cycle",
            "This parent is a descendant of the child; nobody is her own ancestor."
        ) with
        {
            Fields = [new FieldProblem(field, "cycle", "Name another person, or mend the parents of those between.")],
        };

    public static Problem TreeTooLarge(int most) =>
        Problem.Conflict(
            "relationships.tree_too_large",
            $"These persons have together more than {most} recorded ancestors; send fewer rows at once."
        );

    public static Problem ParentAge(string field, int min, int max) =>
        Problem.Invalid(
            "relationships.parent_age",
            $"A parent is {min} to {max} years older than the child. Check both birth dates.",
            new FieldProblem(field, "age", $"Name somebody {min} to {max} years older.")
        );

    public static Problem DateOutOfRange(string field) =>
        Problem.Invalid(
            "relationships.date_out_of_range",
            "This date cannot be.",
            new FieldProblem(field, "range", "Send a date of the lifetime of people who live.")
        );

    public static Problem MarriedOnNeedsMarried { get; } =
        Problem.Invalid(
            "relationships.married_on_needs_married",
            "A couple that is not married has no day of marriage.",
            new FieldProblem("MarriedOn", "needs", "Set IsMarried, or leave the day out.")
        );

    public static Problem SeparatedNeedsMarried { get; } =
        Problem.Invalid(
            "relationships.separated_needs_married",
            "Only a married couple is separated.",
            new FieldProblem("IsSeperated", "needs", "Set IsMarried too: it stays true after a separation.")
        );

    public static Problem SeparatedOnNeedsSeparated { get; } =
        Problem.Invalid(
            "relationships.separated_on_needs_separated",
            "A couple that is not separated has no day of separation.",
            new FieldProblem("SeperatedOn", "needs", "Set IsSeperated, or leave the day out.")
        );

    public static Problem SeparatedBeforeMarried { get; } =
        Problem.Invalid(
            "relationships.separated_before_married",
            "A couple does not separate before it marries.",
            new FieldProblem("SeperatedOn", "range", "Send the day of the marriage or a later one.")
        );

    public static Problem MarriedBeforeBirth { get; } =
        Problem.Invalid(
            "relationships.married_before_birth",
            "Nobody marries before she is born. Check the birth dates.",
            new FieldProblem("MarriedOn", "range", "Send a day after both births.")
        );

    public static Problem PairOpen { get; } =
        Problem.Conflict(
            "relationships.pair_open",
            "These two are recorded as a couple already; change or end that record."
        ) with
        {
            Fields = [new FieldProblem("MarriedOn", "duplicate", "Send the day that the open record has.")],
        };

    public static Problem PairOverlap { get; } =
        Problem.Conflict("relationships.pair_overlap", "These two are recorded as married at that time already.") with
        {
            Fields = [new FieldProblem("MarriedOn", "overlap", "Send a day after the separation that is recorded.")],
        };

    public static Problem SpouseOverlap { get; } =
        Problem.Conflict(OverlapCode, "One of the two is married to another at that time; end that record first.");

    public static Problem NoParents { get; } =
        Problem.NotFound("relationships.no_parents", "No parents and no guardian are recorded for this person.");

    public static Problem ParentsOutsideRows { get; } =
        Problem.Forbidden(
            "relationships.parents_outside_rows",
            "A parent or guardian is beyond the records of this caller: somebody who may know of all of them changes these."
        );

    public static Problem NotFound { get; } =
        Problem.NotFound("relationships.not_found", "There is no such relationship, or it is not for this caller.");

    public static Problem ChangedSince(long revision) =>
        new(
            "relationships.changed_since",
            ProblemKind.PreconditionFailed,
            "The relationship was changed since it was read. Read it again and repeat the change."
        )
        {
            CurrentVersion = revision,
        };

    public static Problem TooMany(int most) =>
        Problem.Invalid("relationships.too_many", $"At most {most} in one call.");

    public static Problem ReasonTooLong(int most) =>
        Problem.Invalid(
            "relationships.reason_too_long",
            $"A reason has at most {most} characters.",
            new FieldProblem("Reason", "length", $"Send at most {most} characters.")
        );

    public static Problem KindUnknown(int index) =>
        Problem.Invalid(
            "relationships.kind_unknown",
            "There is no such kind of relative. Known: " + string.Join(", ", RelativeKinds.All) + ".",
            new FieldProblem($"kind[{index}]", "unknown", "Send kinds of that list, or none for all.")
        );

    public static Problem DepthOutOfRange { get; } =
        Problem.Invalid(
            "relationships.depth_out_of_range",
            "A depth is 1 to 10.",
            new FieldProblem("depth", "range", "Send 1 to 10.")
        );

    public static Problem TypeUnknown { get; } =
        Problem.Invalid(
            "relationships.type_unknown",
            "There is no such relation type, or it takes no new relations.",
            new FieldProblem("type", "unknown", "Send code or inverse of a type that is not retired.")
        );

    public static Problem KindNotAllowed(string field) =>
        Problem.Invalid(
            "relationships.kind_not_allowed",
            "The relation type does not take this kind of record at this end.",
            new FieldProblem(field, "kind", "Look at the kinds of the relation type.")
        );

    public static Problem EndedBeforeStarted { get; } =
        Problem.Invalid(
            "relationships.ended_before_started",
            "A relation does not end before it begins.",
            new FieldProblem("endedOn", "range", "Send the first day or a later one.")
        );

    public static Problem RelationOpen { get; } =
        Problem.Conflict("relationships.relation_open", "This relation stands already; end it first.");
}
