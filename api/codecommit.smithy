$version: "2.0"
namespace com.amazonaws.codecommit

use aws.api#service
use aws.auth#sigv4
use aws.protocols#awsJson1_1
use slipway#arn
use slipway#authorizeSelf
use slipway#conditionKeys
use slipway#memberErrors
use slipway#planned
use slipway#prepare

@service(sdkId: "CodeCommit")
@sigv4(name: "codecommit")
@awsJson1_1
service CodeCommit_20150413 {
    version: "2015-04-13"
    operations: [
        AssociateApprovalRuleTemplateWithRepository
        BatchAssociateApprovalRuleTemplateWithRepositories
        BatchDescribeMergeConflicts
        BatchDisassociateApprovalRuleTemplateFromRepositories
        BatchGetCommits
        BatchGetRepositories
        CreateApprovalRuleTemplate
        CreateBranch
        CreateCommit
        CreatePullRequest
        CreatePullRequestApprovalRule
        CreateRepository
        CreateUnreferencedMergeCommit
        DeleteApprovalRuleTemplate
        DeleteBranch
        DeleteCommentContent
        DeleteFile
        DeletePullRequestApprovalRule
        DeleteRepository
        DescribeMergeConflicts
        DescribePullRequestEvents
        DisassociateApprovalRuleTemplateFromRepository
        EvaluatePullRequestApprovalRules
        GetApprovalRuleTemplate
        GetBlob
        GetBranch
        GetComment
        GetCommentReactions
        GetCommentsForComparedCommit
        GetCommentsForPullRequest
        GetCommit
        GetDifferences
        GetFile
        GetFolder
        GetMergeCommit
        GetMergeConflicts
        GetMergeOptions
        GetPullRequest
        GetPullRequestApprovalStates
        GetPullRequestOverrideState
        GetRepository
        GetRepositoryTriggers
        ListApprovalRuleTemplates
        ListAssociatedApprovalRuleTemplatesForRepository
        ListBranches
        ListFileCommitHistory
        ListPullRequests
        ListRepositories
        ListRepositoriesForApprovalRuleTemplate
        ListTagsForResource
        MergeBranchesByFastForward
        MergeBranchesBySquash
        MergeBranchesByThreeWay
        MergePullRequestByFastForward
        MergePullRequestBySquash
        MergePullRequestByThreeWay
        OverridePullRequestApprovalRules
        PostCommentForComparedCommit
        PostCommentForPullRequest
        PostCommentReply
        PutCommentReaction
        PutFile
        PutRepositoryTriggers
        TagResource
        TestRepositoryTriggers
        UntagResource
        UpdateApprovalRuleTemplateContent
        UpdateApprovalRuleTemplateDescription
        UpdateApprovalRuleTemplateName
        UpdateComment
        UpdateDefaultBranch
        UpdatePullRequestApprovalRuleContent
        UpdatePullRequestApprovalState
        UpdatePullRequestDescription
        UpdatePullRequestStatus
        UpdatePullRequestTitle
        UpdateRepositoryDescription
        UpdateRepositoryEncryptionKey
        UpdateRepositoryName
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation AssociateApprovalRuleTemplateWithRepository {
    input: AssociateApprovalRuleTemplateWithRepositoryInput
    errors: [
        ApprovalRuleTemplateNameRequiredException
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateDoesNotExistException
        MaximumRuleTemplatesAssociatedWithRepositoryException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation BatchAssociateApprovalRuleTemplateWithRepositories {
    input: BatchAssociateApprovalRuleTemplateWithRepositoriesInput
    output: BatchAssociateApprovalRuleTemplateWithRepositoriesOutput
    errors: [
        ApprovalRuleTemplateNameRequiredException
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateDoesNotExistException
        RepositoryNamesRequiredException
        MaximumRepositoryNamesExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@paginated
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation BatchDescribeMergeConflicts {
    input: BatchDescribeMergeConflictsInput
    output: BatchDescribeMergeConflictsOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        MergeOptionRequiredException
        InvalidMergeOptionException
        InvalidContinuationTokenException
        CommitRequiredException
        CommitDoesNotExistException
        InvalidCommitException
        TipsDivergenceExceededException
        InvalidMaxConflictFilesException
        InvalidMaxMergeHunksException
        InvalidConflictDetailLevelException
        InvalidConflictResolutionStrategyException
        MaximumFileContentToLoadExceededException
        MaximumItemsToCompareExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation BatchDisassociateApprovalRuleTemplateFromRepositories {
    input: BatchDisassociateApprovalRuleTemplateFromRepositoriesInput
    output: BatchDisassociateApprovalRuleTemplateFromRepositoriesOutput
    errors: [
        ApprovalRuleTemplateNameRequiredException
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateDoesNotExistException
        RepositoryNamesRequiredException
        MaximumRepositoryNamesExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation BatchGetCommits {
    input: BatchGetCommitsInput
    output: BatchGetCommitsOutput
    errors: [
        CommitIdsListRequiredException
        CommitIdsLimitExceededException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@readonly
@authorizeSelf
operation BatchGetRepositories {
    input: BatchGetRepositoriesInput
    output: BatchGetRepositoriesOutput
    errors: [
        RepositoryNamesRequiredException
        MaximumRepositoryNamesExceededException
        InvalidRepositoryNameException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation CreateApprovalRuleTemplate {
    input: CreateApprovalRuleTemplateInput
    output: CreateApprovalRuleTemplateOutput
    errors: [
        ApprovalRuleTemplateNameRequiredException
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateNameAlreadyExistsException
        ApprovalRuleTemplateContentRequiredException
        InvalidApprovalRuleTemplateContentException
        InvalidApprovalRuleTemplateDescriptionException
        NumberOfRuleTemplatesExceededException
    ]
}

@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
@conditionKeys("codecommit:References": "refs/heads/{branchName}")
operation CreateBranch {
    input: CreateBranchInput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        BranchNameRequiredException
        BranchNameExistsException
        InvalidBranchNameException
        CommitIdRequiredException
        CommitDoesNotExistException
        InvalidCommitIdException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation CreateCommit {
    input: CreateCommitInput
    output: CreateCommitOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        ParentCommitIdRequiredException
        InvalidParentCommitIdException
        ParentCommitDoesNotExistException
        ParentCommitIdOutdatedException
        BranchNameRequiredException
        InvalidBranchNameException
        BranchDoesNotExistException
        BranchNameIsTagNameException
        FileEntryRequiredException
        MaximumFileEntriesExceededException
        PutFileEntryConflictException
        SourceFileOrContentRequiredException
        FileContentAndSourceFileSpecifiedException
        PathRequiredException
        InvalidPathException
        SamePathRequestException
        FileDoesNotExistException
        FileContentSizeLimitExceededException
        FolderContentSizeLimitExceededException
        InvalidDeletionParameterException
        RestrictedSourceFileException
        FileModeRequiredException
        InvalidFileModeException
        NameLengthExceededException
        InvalidEmailException
        CommitMessageLengthExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
        NoChangeException
        FileNameConflictsWithDirectoryNameException
        DirectoryNameConflictsWithFileNameException
        FilePathConflictsWithSubmodulePathException
    ]
}

@planned
operation CreatePullRequest {
    input: CreatePullRequestInput
    output: CreatePullRequestOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
        ClientRequestTokenRequiredException
        InvalidClientRequestTokenException
        IdempotencyParameterMismatchException
        ReferenceNameRequiredException
        InvalidReferenceNameException
        ReferenceDoesNotExistException
        ReferenceTypeNotSupportedException
        TitleRequiredException
        InvalidTitleException
        InvalidDescriptionException
        TargetsRequiredException
        InvalidTargetsException
        TargetRequiredException
        InvalidTargetException
        MultipleRepositoriesInPullRequestException
        MaximumOpenPullRequestsExceededException
        SourceAndDestinationAreSameException
    ]
}

@planned
operation CreatePullRequestApprovalRule {
    input: CreatePullRequestApprovalRuleInput
    output: CreatePullRequestApprovalRuleOutput
    errors: [
        ApprovalRuleNameRequiredException
        InvalidApprovalRuleNameException
        ApprovalRuleNameAlreadyExistsException
        ApprovalRuleContentRequiredException
        InvalidApprovalRuleContentException
        NumberOfRulesExceededException
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        PullRequestAlreadyClosedException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation CreateRepository {
    input: CreateRepositoryInput
    output: CreateRepositoryOutput
    errors: [
        RepositoryNameExistsException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        InvalidRepositoryDescriptionException
        RepositoryLimitExceededException
        OperationNotAllowedException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
        EncryptionKeyInvalidIdException
        EncryptionKeyInvalidUsageException
        InvalidTagsMapException
        TooManyTagsException
        InvalidSystemTagUsageException
        TagPolicyException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation CreateUnreferencedMergeCommit {
    input: CreateUnreferencedMergeCommitInput
    output: CreateUnreferencedMergeCommitOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        TipsDivergenceExceededException
        CommitRequiredException
        InvalidCommitException
        CommitDoesNotExistException
        MergeOptionRequiredException
        InvalidMergeOptionException
        InvalidConflictDetailLevelException
        InvalidConflictResolutionStrategyException
        InvalidConflictResolutionException
        ManualMergeRequiredException
        MaximumConflictResolutionEntriesExceededException
        MultipleConflictResolutionEntriesException
        ReplacementTypeRequiredException
        InvalidReplacementTypeException
        ReplacementContentRequiredException
        InvalidReplacementContentException
        PathRequiredException
        InvalidPathException
        FileContentSizeLimitExceededException
        FolderContentSizeLimitExceededException
        MaximumFileContentToLoadExceededException
        MaximumItemsToCompareExceededException
        ConcurrentReferenceUpdateException
        FileModeRequiredException
        InvalidFileModeException
        NameLengthExceededException
        InvalidEmailException
        CommitMessageLengthExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation DeleteApprovalRuleTemplate {
    input: DeleteApprovalRuleTemplateInput
    output: DeleteApprovalRuleTemplateOutput
    errors: [
        ApprovalRuleTemplateNameRequiredException
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateInUseException
    ]
}

@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
@conditionKeys("codecommit:References": "refs/heads/{branchName}")
operation DeleteBranch {
    input: DeleteBranchInput
    output: DeleteBranchOutput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        BranchNameRequiredException
        InvalidBranchNameException
        DefaultBranchCannotBeDeletedException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation DeleteCommentContent {
    input: DeleteCommentContentInput
    output: DeleteCommentContentOutput
    errors: [
        CommentDoesNotExistException
        CommentIdRequiredException
        InvalidCommentIdException
        CommentDeletedException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation DeleteFile {
    input: DeleteFileInput
    output: DeleteFileOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        ParentCommitIdRequiredException
        InvalidParentCommitIdException
        ParentCommitDoesNotExistException
        ParentCommitIdOutdatedException
        PathRequiredException
        InvalidPathException
        FileDoesNotExistException
        BranchNameRequiredException
        InvalidBranchNameException
        BranchDoesNotExistException
        BranchNameIsTagNameException
        NameLengthExceededException
        InvalidEmailException
        CommitMessageLengthExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation DeletePullRequestApprovalRule {
    input: DeletePullRequestApprovalRuleInput
    output: DeletePullRequestApprovalRuleOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        PullRequestAlreadyClosedException
        ApprovalRuleNameRequiredException
        InvalidApprovalRuleNameException
        CannotDeleteApprovalRuleFromTemplateException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation DeleteRepository {
    input: DeleteRepositoryInput
    output: DeleteRepositoryOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@paginated
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation DescribeMergeConflicts {
    input: DescribeMergeConflictsInput
    output: DescribeMergeConflictsOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        MergeOptionRequiredException
        InvalidMergeOptionException
        InvalidContinuationTokenException
        CommitRequiredException
        CommitDoesNotExistException
        InvalidCommitException
        TipsDivergenceExceededException
        PathRequiredException
        InvalidPathException
        FileDoesNotExistException
        InvalidMaxMergeHunksException
        InvalidConflictDetailLevelException
        InvalidConflictResolutionStrategyException
        MaximumFileContentToLoadExceededException
        MaximumItemsToCompareExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@paginated
operation DescribePullRequestEvents {
    input: DescribePullRequestEventsInput
    output: DescribePullRequestEventsOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        InvalidPullRequestEventTypeException
        InvalidActorArnException
        ActorDoesNotExistException
        InvalidMaxResultsException
        InvalidContinuationTokenException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation DisassociateApprovalRuleTemplateFromRepository {
    input: DisassociateApprovalRuleTemplateFromRepositoryInput
    errors: [
        ApprovalRuleTemplateNameRequiredException
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateDoesNotExistException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
operation EvaluatePullRequestApprovalRules {
    input: EvaluatePullRequestApprovalRulesInput
    output: EvaluatePullRequestApprovalRulesOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        InvalidRevisionIdException
        RevisionIdRequiredException
        RevisionNotCurrentException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
operation GetApprovalRuleTemplate {
    input: GetApprovalRuleTemplateInput
    output: GetApprovalRuleTemplateOutput
    errors: [
        ApprovalRuleTemplateNameRequiredException
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateDoesNotExistException
    ]
}

@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetBlob {
    input: GetBlobInput
    output: GetBlobOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        BlobIdRequiredException
        InvalidBlobIdException
        BlobIdDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
        FileTooLargeException
    ]
}

@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetBranch {
    input: GetBranchInput
    output: GetBranchOutput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        BranchNameRequiredException
        InvalidBranchNameException
        BranchDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
operation GetComment {
    input: GetCommentInput
    output: GetCommentOutput
    errors: [
        CommentDoesNotExistException
        CommentDeletedException
        CommentIdRequiredException
        InvalidCommentIdException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@paginated
operation GetCommentReactions {
    input: GetCommentReactionsInput
    output: GetCommentReactionsOutput
    errors: [
        CommentDoesNotExistException
        CommentIdRequiredException
        InvalidCommentIdException
        InvalidReactionUserArnException
        InvalidMaxResultsException
        InvalidContinuationTokenException
        CommentDeletedException
    ]
}

@planned
@readonly
@paginated
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetCommentsForComparedCommit {
    input: GetCommentsForComparedCommitInput
    output: GetCommentsForComparedCommitOutput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        CommitIdRequiredException
        InvalidCommitIdException
        CommitDoesNotExistException
        InvalidMaxResultsException
        InvalidContinuationTokenException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@paginated
operation GetCommentsForPullRequest {
    input: GetCommentsForPullRequestInput
    output: GetCommentsForPullRequestOutput
    errors: [
        PullRequestIdRequiredException
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        CommitIdRequiredException
        InvalidCommitIdException
        CommitDoesNotExistException
        InvalidMaxResultsException
        InvalidContinuationTokenException
        RepositoryNotAssociatedWithPullRequestException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetCommit {
    input: GetCommitInput
    output: GetCommitOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        CommitIdRequiredException
        InvalidCommitIdException
        CommitIdDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@readonly
@paginated
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetDifferences {
    input: GetDifferencesInput
    output: GetDifferencesOutput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        InvalidContinuationTokenException
        InvalidMaxResultsException
        InvalidCommitIdException
        CommitRequiredException
        InvalidCommitException
        CommitDoesNotExistException
        InvalidPathException
        PathDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetFile {
    input: GetFileInput
    output: GetFileOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        InvalidCommitException
        CommitDoesNotExistException
        PathRequiredException
        InvalidPathException
        FileDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
        FileTooLargeException
    ]
}

@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetFolder {
    input: GetFolderInput
    output: GetFolderOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        InvalidCommitException
        CommitDoesNotExistException
        PathRequiredException
        InvalidPathException
        FolderDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetMergeCommit {
    input: GetMergeCommitInput
    output: GetMergeCommitOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        CommitRequiredException
        InvalidCommitException
        CommitDoesNotExistException
        InvalidConflictDetailLevelException
        InvalidConflictResolutionStrategyException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@paginated
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetMergeConflicts {
    input: GetMergeConflictsInput
    output: GetMergeConflictsOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        MergeOptionRequiredException
        InvalidMergeOptionException
        InvalidContinuationTokenException
        CommitRequiredException
        CommitDoesNotExistException
        InvalidCommitException
        TipsDivergenceExceededException
        InvalidMaxConflictFilesException
        InvalidConflictDetailLevelException
        InvalidDestinationCommitSpecifierException
        InvalidSourceCommitSpecifierException
        InvalidConflictResolutionStrategyException
        MaximumFileContentToLoadExceededException
        MaximumItemsToCompareExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetMergeOptions {
    input: GetMergeOptionsInput
    output: GetMergeOptionsOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        CommitRequiredException
        CommitDoesNotExistException
        InvalidCommitException
        TipsDivergenceExceededException
        InvalidConflictDetailLevelException
        InvalidConflictResolutionStrategyException
        MaximumFileContentToLoadExceededException
        MaximumItemsToCompareExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
operation GetPullRequest {
    input: GetPullRequestInput
    output: GetPullRequestOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
operation GetPullRequestApprovalStates {
    input: GetPullRequestApprovalStatesInput
    output: GetPullRequestApprovalStatesOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        InvalidRevisionIdException
        RevisionIdRequiredException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
operation GetPullRequestOverrideState {
    input: GetPullRequestOverrideStateInput
    output: GetPullRequestOverrideStateOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        InvalidRevisionIdException
        RevisionIdRequiredException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetRepository {
    input: GetRepositoryInput
    output: GetRepositoryOutput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation GetRepositoryTriggers {
    input: GetRepositoryTriggersInput
    output: GetRepositoryTriggersOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@paginated
operation ListApprovalRuleTemplates {
    input: ListApprovalRuleTemplatesInput
    output: ListApprovalRuleTemplatesOutput
    errors: [
        InvalidMaxResultsException
        InvalidContinuationTokenException
    ]
}

@planned
@readonly
@paginated
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation ListAssociatedApprovalRuleTemplatesForRepository {
    input: ListAssociatedApprovalRuleTemplatesForRepositoryInput
    output: ListAssociatedApprovalRuleTemplatesForRepositoryOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        InvalidMaxResultsException
        InvalidContinuationTokenException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@readonly
@paginated
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation ListBranches {
    input: ListBranchesInput
    output: ListBranchesOutput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
        InvalidContinuationTokenException
    ]
}

@planned
@readonly
@paginated
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation ListFileCommitHistory {
    input: ListFileCommitHistoryRequest
    output: ListFileCommitHistoryResponse
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        InvalidContinuationTokenException
        InvalidMaxResultsException
        TipsDivergenceExceededException
        CommitRequiredException
        InvalidCommitException
        CommitDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@readonly
@paginated
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation ListPullRequests {
    input: ListPullRequestsInput
    output: ListPullRequestsOutput
    errors: [
        InvalidPullRequestStatusException
        InvalidAuthorArnException
        AuthorDoesNotExistException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        InvalidMaxResultsException
        InvalidContinuationTokenException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@readonly
@paginated
@arn("*")
operation ListRepositories {
    input: ListRepositoriesInput
    output: ListRepositoriesOutput
    errors: [
        InvalidSortByException
        InvalidOrderException
        InvalidContinuationTokenException
    ]
}

@planned
@readonly
@paginated
operation ListRepositoriesForApprovalRuleTemplate {
    input: ListRepositoriesForApprovalRuleTemplateInput
    output: ListRepositoriesForApprovalRuleTemplateOutput
    errors: [
        ApprovalRuleTemplateNameRequiredException
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateDoesNotExistException
        InvalidMaxResultsException
        InvalidContinuationTokenException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@readonly
@paginated
@arn("{resourceArn}")
operation ListTagsForResource {
    input: ListTagsForResourceInput
    output: ListTagsForResourceOutput
    errors: [
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        ResourceArnRequiredException
        InvalidResourceArnException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation MergeBranchesByFastForward {
    input: MergeBranchesByFastForwardInput
    output: MergeBranchesByFastForwardOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        TipsDivergenceExceededException
        CommitRequiredException
        InvalidCommitException
        CommitDoesNotExistException
        InvalidTargetBranchException
        InvalidBranchNameException
        BranchNameRequiredException
        BranchNameIsTagNameException
        BranchDoesNotExistException
        ManualMergeRequiredException
        ConcurrentReferenceUpdateException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation MergeBranchesBySquash {
    input: MergeBranchesBySquashInput
    output: MergeBranchesBySquashOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        TipsDivergenceExceededException
        CommitRequiredException
        InvalidCommitException
        CommitDoesNotExistException
        InvalidTargetBranchException
        InvalidBranchNameException
        BranchNameRequiredException
        BranchNameIsTagNameException
        BranchDoesNotExistException
        ManualMergeRequiredException
        InvalidConflictDetailLevelException
        InvalidConflictResolutionStrategyException
        InvalidConflictResolutionException
        MaximumConflictResolutionEntriesExceededException
        MultipleConflictResolutionEntriesException
        ReplacementTypeRequiredException
        InvalidReplacementTypeException
        ReplacementContentRequiredException
        InvalidReplacementContentException
        PathRequiredException
        InvalidPathException
        FileContentSizeLimitExceededException
        FolderContentSizeLimitExceededException
        MaximumFileContentToLoadExceededException
        MaximumItemsToCompareExceededException
        FileModeRequiredException
        InvalidFileModeException
        NameLengthExceededException
        InvalidEmailException
        CommitMessageLengthExceededException
        ConcurrentReferenceUpdateException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation MergeBranchesByThreeWay {
    input: MergeBranchesByThreeWayInput
    output: MergeBranchesByThreeWayOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        TipsDivergenceExceededException
        CommitRequiredException
        InvalidCommitException
        CommitDoesNotExistException
        InvalidTargetBranchException
        InvalidBranchNameException
        BranchNameRequiredException
        BranchNameIsTagNameException
        BranchDoesNotExistException
        ManualMergeRequiredException
        ConcurrentReferenceUpdateException
        InvalidConflictDetailLevelException
        InvalidConflictResolutionStrategyException
        InvalidConflictResolutionException
        MaximumConflictResolutionEntriesExceededException
        MultipleConflictResolutionEntriesException
        ReplacementTypeRequiredException
        InvalidReplacementTypeException
        ReplacementContentRequiredException
        InvalidReplacementContentException
        PathRequiredException
        InvalidPathException
        FileContentSizeLimitExceededException
        FolderContentSizeLimitExceededException
        MaximumFileContentToLoadExceededException
        MaximumItemsToCompareExceededException
        FileModeRequiredException
        InvalidFileModeException
        NameLengthExceededException
        InvalidEmailException
        CommitMessageLengthExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation MergePullRequestByFastForward {
    input: MergePullRequestByFastForwardInput
    output: MergePullRequestByFastForwardOutput
    errors: [
        ManualMergeRequiredException
        PullRequestAlreadyClosedException
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        TipOfSourceReferenceIsDifferentException
        ReferenceDoesNotExistException
        InvalidCommitIdException
        RepositoryNotAssociatedWithPullRequestException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        ConcurrentReferenceUpdateException
        PullRequestApprovalRulesNotSatisfiedException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation MergePullRequestBySquash {
    input: MergePullRequestBySquashInput
    output: MergePullRequestBySquashOutput
    errors: [
        PullRequestAlreadyClosedException
        PullRequestDoesNotExistException
        PullRequestIdRequiredException
        InvalidPullRequestIdException
        InvalidCommitIdException
        ManualMergeRequiredException
        TipOfSourceReferenceIsDifferentException
        TipsDivergenceExceededException
        NameLengthExceededException
        InvalidEmailException
        CommitMessageLengthExceededException
        InvalidConflictDetailLevelException
        InvalidConflictResolutionStrategyException
        InvalidConflictResolutionException
        ReplacementTypeRequiredException
        InvalidReplacementTypeException
        MultipleConflictResolutionEntriesException
        ReplacementContentRequiredException
        MaximumConflictResolutionEntriesExceededException
        ConcurrentReferenceUpdateException
        PathRequiredException
        InvalidPathException
        InvalidFileModeException
        InvalidReplacementContentException
        FileContentSizeLimitExceededException
        FolderContentSizeLimitExceededException
        MaximumFileContentToLoadExceededException
        MaximumItemsToCompareExceededException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        RepositoryNotAssociatedWithPullRequestException
        PullRequestApprovalRulesNotSatisfiedException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation MergePullRequestByThreeWay {
    input: MergePullRequestByThreeWayInput
    output: MergePullRequestByThreeWayOutput
    errors: [
        PullRequestAlreadyClosedException
        PullRequestDoesNotExistException
        PullRequestIdRequiredException
        InvalidPullRequestIdException
        InvalidCommitIdException
        ManualMergeRequiredException
        TipOfSourceReferenceIsDifferentException
        TipsDivergenceExceededException
        NameLengthExceededException
        InvalidEmailException
        CommitMessageLengthExceededException
        InvalidConflictDetailLevelException
        InvalidConflictResolutionStrategyException
        InvalidConflictResolutionException
        ReplacementTypeRequiredException
        InvalidReplacementTypeException
        MultipleConflictResolutionEntriesException
        ReplacementContentRequiredException
        MaximumConflictResolutionEntriesExceededException
        PathRequiredException
        InvalidPathException
        InvalidFileModeException
        InvalidReplacementContentException
        FileContentSizeLimitExceededException
        FolderContentSizeLimitExceededException
        MaximumFileContentToLoadExceededException
        MaximumItemsToCompareExceededException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        RepositoryNotAssociatedWithPullRequestException
        ConcurrentReferenceUpdateException
        PullRequestApprovalRulesNotSatisfiedException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation OverridePullRequestApprovalRules {
    input: OverridePullRequestApprovalRulesInput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        InvalidRevisionIdException
        RevisionIdRequiredException
        InvalidOverrideStatusException
        OverrideStatusRequiredException
        OverrideAlreadySetException
        RevisionNotCurrentException
        PullRequestAlreadyClosedException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@idempotent
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation PostCommentForComparedCommit {
    input: PostCommentForComparedCommitInput
    output: PostCommentForComparedCommitOutput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        ClientRequestTokenRequiredException
        InvalidClientRequestTokenException
        IdempotencyParameterMismatchException
        CommentContentRequiredException
        CommentContentSizeLimitExceededException
        InvalidFileLocationException
        InvalidRelativeFileVersionEnumException
        PathRequiredException
        InvalidFilePositionException
        CommitIdRequiredException
        InvalidCommitIdException
        BeforeCommitIdAndAfterCommitIdAreSameException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
        CommitDoesNotExistException
        InvalidPathException
        PathDoesNotExistException
        PathRequiredException
    ]
}

@planned
@idempotent
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation PostCommentForPullRequest {
    input: PostCommentForPullRequestInput
    output: PostCommentForPullRequestOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        RepositoryNotAssociatedWithPullRequestException
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        ClientRequestTokenRequiredException
        InvalidClientRequestTokenException
        IdempotencyParameterMismatchException
        CommentContentRequiredException
        CommentContentSizeLimitExceededException
        InvalidFileLocationException
        InvalidRelativeFileVersionEnumException
        PathRequiredException
        InvalidFilePositionException
        CommitIdRequiredException
        InvalidCommitIdException
        BeforeCommitIdAndAfterCommitIdAreSameException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
        CommitDoesNotExistException
        InvalidPathException
        PathDoesNotExistException
        PathRequiredException
    ]
}

@planned
@idempotent
operation PostCommentReply {
    input: PostCommentReplyInput
    output: PostCommentReplyOutput
    errors: [
        ClientRequestTokenRequiredException
        InvalidClientRequestTokenException
        IdempotencyParameterMismatchException
        CommentContentRequiredException
        CommentContentSizeLimitExceededException
        CommentDoesNotExistException
        CommentIdRequiredException
        InvalidCommentIdException
    ]
}

@planned
operation PutCommentReaction {
    input: PutCommentReactionInput
    errors: [
        CommentDoesNotExistException
        CommentIdRequiredException
        InvalidCommentIdException
        InvalidReactionValueException
        ReactionValueRequiredException
        ReactionLimitExceededException
        CommentDeletedException
    ]
}

@prepare
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
@conditionKeys("codecommit:References": "refs/heads/{branchName}")
operation PutFile {
    input: PutFileInput
    output: PutFileOutput
    errors: [
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryDoesNotExistException
        ParentCommitIdRequiredException
        InvalidParentCommitIdException
        ParentCommitDoesNotExistException
        ParentCommitIdOutdatedException
        FileContentRequiredException
        FileContentSizeLimitExceededException
        FolderContentSizeLimitExceededException
        PathRequiredException
        InvalidPathException
        BranchNameRequiredException
        InvalidBranchNameException
        BranchDoesNotExistException
        BranchNameIsTagNameException
        InvalidFileModeException
        NameLengthExceededException
        InvalidEmailException
        CommitMessageLengthExceededException
        InvalidDeletionParameterException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
        SameFileContentException
        FileNameConflictsWithDirectoryNameException
        DirectoryNameConflictsWithFileNameException
        FilePathConflictsWithSubmodulePathException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation PutRepositoryTriggers {
    input: PutRepositoryTriggersInput
    output: PutRepositoryTriggersOutput
    errors: [
        RepositoryDoesNotExistException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryTriggersListRequiredException
        MaximumRepositoryTriggersExceededException
        InvalidRepositoryTriggerNameException
        InvalidRepositoryTriggerDestinationArnException
        InvalidRepositoryTriggerRegionException
        InvalidRepositoryTriggerCustomDataException
        MaximumBranchesExceededException
        InvalidRepositoryTriggerBranchNameException
        InvalidRepositoryTriggerEventsException
        RepositoryTriggerNameRequiredException
        RepositoryTriggerDestinationArnRequiredException
        RepositoryTriggerBranchNameListRequiredException
        RepositoryTriggerEventsListRequiredException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@arn("{resourceArn}")
@conditionKeys("aws:RequestTag": "tags", "aws:TagKeys": "tags")
operation TagResource {
    input: TagResourceInput
    errors: [
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        ResourceArnRequiredException
        InvalidResourceArnException
        TagsMapRequiredException
        InvalidTagsMapException
        TooManyTagsException
        InvalidSystemTagUsageException
        TagPolicyException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation TestRepositoryTriggers {
    input: TestRepositoryTriggersInput
    output: TestRepositoryTriggersOutput
    errors: [
        RepositoryDoesNotExistException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
        RepositoryTriggersListRequiredException
        MaximumRepositoryTriggersExceededException
        InvalidRepositoryTriggerNameException
        InvalidRepositoryTriggerDestinationArnException
        InvalidRepositoryTriggerRegionException
        InvalidRepositoryTriggerCustomDataException
        MaximumBranchesExceededException
        InvalidRepositoryTriggerBranchNameException
        InvalidRepositoryTriggerEventsException
        RepositoryTriggerNameRequiredException
        RepositoryTriggerDestinationArnRequiredException
        RepositoryTriggerBranchNameListRequiredException
        RepositoryTriggerEventsListRequiredException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@arn("{resourceArn}")
@conditionKeys("aws:TagKeys": "tagKeys")
operation UntagResource {
    input: UntagResourceInput
    errors: [
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        ResourceArnRequiredException
        InvalidResourceArnException
        TagKeysListRequiredException
        InvalidTagKeysListException
        TooManyTagsException
        InvalidSystemTagUsageException
        TagPolicyException
    ]
}

@planned
operation UpdateApprovalRuleTemplateContent {
    input: UpdateApprovalRuleTemplateContentInput
    output: UpdateApprovalRuleTemplateContentOutput
    errors: [
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateNameRequiredException
        ApprovalRuleTemplateDoesNotExistException
        InvalidApprovalRuleTemplateContentException
        InvalidRuleContentSha256Exception
        ApprovalRuleTemplateContentRequiredException
    ]
}

@planned
operation UpdateApprovalRuleTemplateDescription {
    input: UpdateApprovalRuleTemplateDescriptionInput
    output: UpdateApprovalRuleTemplateDescriptionOutput
    errors: [
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateNameRequiredException
        ApprovalRuleTemplateDoesNotExistException
        InvalidApprovalRuleTemplateDescriptionException
    ]
}

@planned
operation UpdateApprovalRuleTemplateName {
    input: UpdateApprovalRuleTemplateNameInput
    output: UpdateApprovalRuleTemplateNameOutput
    errors: [
        InvalidApprovalRuleTemplateNameException
        ApprovalRuleTemplateNameRequiredException
        ApprovalRuleTemplateDoesNotExistException
        ApprovalRuleTemplateNameAlreadyExistsException
    ]
}

@planned
operation UpdateComment {
    input: UpdateCommentInput
    output: UpdateCommentOutput
    errors: [
        CommentContentRequiredException
        CommentContentSizeLimitExceededException
        CommentDoesNotExistException
        CommentIdRequiredException
        InvalidCommentIdException
        CommentNotCreatedByCallerException
        CommentDeletedException
    ]
}

@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation UpdateDefaultBranch {
    input: UpdateDefaultBranchInput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        BranchNameRequiredException
        InvalidBranchNameException
        BranchDoesNotExistException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation UpdatePullRequestApprovalRuleContent {
    input: UpdatePullRequestApprovalRuleContentInput
    output: UpdatePullRequestApprovalRuleContentOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        PullRequestAlreadyClosedException
        ApprovalRuleNameRequiredException
        InvalidApprovalRuleNameException
        ApprovalRuleDoesNotExistException
        InvalidRuleContentSha256Exception
        ApprovalRuleContentRequiredException
        InvalidApprovalRuleContentException
        CannotModifyApprovalRuleFromTemplateException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation UpdatePullRequestApprovalState {
    input: UpdatePullRequestApprovalStateInput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        InvalidRevisionIdException
        RevisionIdRequiredException
        InvalidApprovalStateException
        ApprovalStateRequiredException
        PullRequestCannotBeApprovedByAuthorException
        RevisionNotCurrentException
        PullRequestAlreadyClosedException
        MaximumNumberOfApprovalsExceededException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation UpdatePullRequestDescription {
    input: UpdatePullRequestDescriptionInput
    output: UpdatePullRequestDescriptionOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        InvalidDescriptionException
        PullRequestAlreadyClosedException
    ]
}

@planned
operation UpdatePullRequestStatus {
    input: UpdatePullRequestStatusInput
    output: UpdatePullRequestStatusOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        InvalidPullRequestStatusUpdateException
        InvalidPullRequestStatusException
        PullRequestStatusRequiredException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
operation UpdatePullRequestTitle {
    input: UpdatePullRequestTitleInput
    output: UpdatePullRequestTitleOutput
    errors: [
        PullRequestDoesNotExistException
        InvalidPullRequestIdException
        PullRequestIdRequiredException
        TitleRequiredException
        InvalidTitleException
        PullRequestAlreadyClosedException
    ]
}

@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation UpdateRepositoryDescription {
    input: UpdateRepositoryDescriptionInput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        InvalidRepositoryDescriptionException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@planned
@arn("arn:aws:codecommit:{region}:{account}:{repositoryName}")
operation UpdateRepositoryEncryptionKey {
    input: UpdateRepositoryEncryptionKeyInput
    output: UpdateRepositoryEncryptionKeyOutput
    errors: [
        RepositoryNameRequiredException
        RepositoryDoesNotExistException
        InvalidRepositoryNameException
        EncryptionKeyRequiredException
        EncryptionIntegrityChecksFailedException
        EncryptionKeyAccessDeniedException
        EncryptionKeyInvalidIdException
        EncryptionKeyInvalidUsageException
        EncryptionKeyDisabledException
        EncryptionKeyNotFoundException
        EncryptionKeyUnavailableException
    ]
}

@arn("arn:aws:codecommit:{region}:{account}:{oldName}")
operation UpdateRepositoryName {
    input: UpdateRepositoryNameInput
    errors: [
        RepositoryDoesNotExistException
        RepositoryNameExistsException
        RepositoryNameRequiredException
        InvalidRepositoryNameException
    ]
}

@error("client")
structure ActorDoesNotExistException {}

structure Approval {
    userArn: String
    approvalState: ApprovalState
}

list ApprovalList {
    member: Approval
}

structure ApprovalRule {
    approvalRuleId: String
    approvalRuleName: ApprovalRuleName
    approvalRuleContent: ApprovalRuleContent
    ruleContentSha256: String
    lastModifiedDate: Timestamp
    creationDate: Timestamp
    lastModifiedUser: String
    originApprovalRuleTemplate: OriginApprovalRuleTemplate
}

@length(min: 1, max: 3000)
string ApprovalRuleContent

@error("client")
structure ApprovalRuleContentRequiredException {}

@error("client")
structure ApprovalRuleDoesNotExistException {}

structure ApprovalRuleEventMetadata {
    approvalRuleName: ApprovalRuleName
    approvalRuleId: String
    approvalRuleContent: ApprovalRuleContent
}

@length(min: 1, max: 100)
string ApprovalRuleName

@error("client")
structure ApprovalRuleNameAlreadyExistsException {}

@error("client")
structure ApprovalRuleNameRequiredException {}

structure ApprovalRuleOverriddenEventMetadata {
    revisionId: String
    overrideStatus: OverrideStatus
}

structure ApprovalRuleTemplate {
    approvalRuleTemplateId: String
    approvalRuleTemplateName: ApprovalRuleTemplateName
    approvalRuleTemplateDescription: ApprovalRuleTemplateDescription
    approvalRuleTemplateContent: ApprovalRuleTemplateContent
    ruleContentSha256: String
    lastModifiedDate: Timestamp
    creationDate: Timestamp
    lastModifiedUser: String
}

@length(min: 1, max: 3000)
string ApprovalRuleTemplateContent

@error("client")
structure ApprovalRuleTemplateContentRequiredException {}

@length(min: 0, max: 1000)
string ApprovalRuleTemplateDescription

@error("client")
structure ApprovalRuleTemplateDoesNotExistException {}

@error("client")
structure ApprovalRuleTemplateInUseException {}

@length(min: 1, max: 100)
string ApprovalRuleTemplateName

@error("client")
structure ApprovalRuleTemplateNameAlreadyExistsException {}

list ApprovalRuleTemplateNameList {
    member: ApprovalRuleTemplateName
}

@error("client")
structure ApprovalRuleTemplateNameRequiredException {}

list ApprovalRulesList {
    member: ApprovalRule
}

list ApprovalRulesNotSatisfiedList {
    member: ApprovalRuleName
}

list ApprovalRulesSatisfiedList {
    member: ApprovalRuleName
}

enum ApprovalState {
    APPROVE
    REVOKE
}

structure ApprovalStateChangedEventMetadata {
    revisionId: String
    approvalStatus: ApprovalState
}

@error("client")
structure ApprovalStateRequiredException {}

structure AssociateApprovalRuleTemplateWithRepositoryInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
    @required
    repositoryName: RepositoryName
}

@error("client")
structure AuthorDoesNotExistException {}

structure BatchAssociateApprovalRuleTemplateWithRepositoriesError {
    repositoryName: RepositoryName
    errorCode: String
    errorMessage: String
}

list BatchAssociateApprovalRuleTemplateWithRepositoriesErrorsList {
    member: BatchAssociateApprovalRuleTemplateWithRepositoriesError
}

structure BatchAssociateApprovalRuleTemplateWithRepositoriesInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
    @required
    repositoryNames: RepositoryNameList
}

structure BatchAssociateApprovalRuleTemplateWithRepositoriesOutput {
    @required
    associatedRepositoryNames: RepositoryNameList
    @required
    errors: BatchAssociateApprovalRuleTemplateWithRepositoriesErrorsList
}

structure BatchDescribeMergeConflictsError {
    @required
    filePath: String
    @required
    exceptionName: String
    @required
    message: String
}

list BatchDescribeMergeConflictsErrors {
    member: BatchDescribeMergeConflictsError
}

structure BatchDescribeMergeConflictsInput {
    @required
    repositoryName: RepositoryName
    @required
    destinationCommitSpecifier: String
    @required
    sourceCommitSpecifier: String
    @required
    mergeOption: MergeOptionTypeEnum
    maxMergeHunks: Integer
    maxConflictFiles: Integer
    filePaths: FilePaths
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
    nextToken: String
}

structure BatchDescribeMergeConflictsOutput {
    @required
    conflicts: Conflicts
    nextToken: String
    errors: BatchDescribeMergeConflictsErrors
    @required
    destinationCommitId: String
    @required
    sourceCommitId: String
    baseCommitId: String
}

structure BatchDisassociateApprovalRuleTemplateFromRepositoriesError {
    repositoryName: RepositoryName
    errorCode: String
    errorMessage: String
}

list BatchDisassociateApprovalRuleTemplateFromRepositoriesErrorsList {
    member: BatchDisassociateApprovalRuleTemplateFromRepositoriesError
}

structure BatchDisassociateApprovalRuleTemplateFromRepositoriesInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
    @required
    repositoryNames: RepositoryNameList
}

structure BatchDisassociateApprovalRuleTemplateFromRepositoriesOutput {
    @required
    disassociatedRepositoryNames: RepositoryNameList
    @required
    errors: BatchDisassociateApprovalRuleTemplateFromRepositoriesErrorsList
}

structure BatchGetCommitsError {
    commitId: String
    errorCode: String
    errorMessage: String
}

list BatchGetCommitsErrorsList {
    member: BatchGetCommitsError
}

structure BatchGetCommitsInput {
    @required
    commitIds: CommitIdsInputList
    @required
    repositoryName: RepositoryName
}

structure BatchGetCommitsOutput {
    commits: CommitObjectsList
    errors: BatchGetCommitsErrorsList
}

structure BatchGetRepositoriesError {
    repositoryId: String
    repositoryName: RepositoryName
    errorCode: BatchGetRepositoriesErrorCodeEnum
    errorMessage: String
}

enum BatchGetRepositoriesErrorCodeEnum {
    ENCRYPTION_INTEGRITY_CHECKS_FAILED_EXCEPTION = "EncryptionIntegrityChecksFailedException"
    ENCRYPTION_KEY_ACCESS_DENIED_EXCEPTION = "EncryptionKeyAccessDeniedException"
    ENCRYPTION_KEY_DISABLED_EXCEPTION = "EncryptionKeyDisabledException"
    ENCRYPTION_KEY_NOT_FOUND_EXCEPTION = "EncryptionKeyNotFoundException"
    ENCRYPTION_KEY_UNAVAILABLE_EXCEPTION = "EncryptionKeyUnavailableException"
    REPOSITORY_DOES_NOT_EXIST_EXCEPTION = "RepositoryDoesNotExistException"
}

list BatchGetRepositoriesErrorsList {
    member: BatchGetRepositoriesError
}

structure BatchGetRepositoriesInput {
    @required
    repositoryNames: RepositoryNameList
}

structure BatchGetRepositoriesOutput {
    repositories: RepositoryMetadataList
    repositoriesNotFound: RepositoryNotFoundList
    errors: BatchGetRepositoriesErrorsList
}

@error("client")
structure BeforeCommitIdAndAfterCommitIdAreSameException {}

@error("client")
structure BlobIdDoesNotExistException {}

@error("client")
structure BlobIdRequiredException {}

structure BlobMetadata {
    blobId: String
    path: String
    mode: String
}

@error("client")
structure BranchDoesNotExistException {}

structure BranchInfo {
    branchName: BranchName
    commitId: String
}

@length(min: 1, max: 256)
string BranchName

@error("client")
structure BranchNameExistsException {}

@error("client")
structure BranchNameIsTagNameException {}

list BranchNameList {
    member: BranchName
}

@error("client")
structure BranchNameRequiredException {}

list CallerReactions {
    member: String
}

@error("client")
structure CannotDeleteApprovalRuleFromTemplateException {}

@error("client")
structure CannotModifyApprovalRuleFromTemplateException {}

enum ChangeTypeEnum {
    A
    M
    D
}

@error("client")
structure ClientRequestTokenRequiredException {}

structure Comment {
    commentId: String
    content: String
    inReplyTo: String
    creationDate: Timestamp
    lastModifiedDate: Timestamp
    authorArn: String
    deleted: Boolean
    clientRequestToken: String
    callerReactions: CallerReactions
    reactionCounts: ReactionCountsMap
}

@error("client")
structure CommentContentRequiredException {}

@error("client")
structure CommentContentSizeLimitExceededException {}

@error("client")
structure CommentDeletedException {}

@error("client")
structure CommentDoesNotExistException {}

@error("client")
structure CommentIdRequiredException {}

@error("client")
structure CommentNotCreatedByCallerException {}

list Comments {
    member: Comment
}

structure CommentsForComparedCommit {
    repositoryName: RepositoryName
    beforeCommitId: String
    afterCommitId: String
    beforeBlobId: String
    afterBlobId: String
    location: Location
    comments: Comments
}

list CommentsForComparedCommitData {
    member: CommentsForComparedCommit
}

structure CommentsForPullRequest {
    pullRequestId: String
    repositoryName: RepositoryName
    beforeCommitId: String
    afterCommitId: String
    beforeBlobId: String
    afterBlobId: String
    location: Location
    comments: Comments
}

list CommentsForPullRequestData {
    member: CommentsForPullRequest
}

structure Commit {
    commitId: String
    treeId: String
    parents: ParentList
    message: String
    author: UserInfo
    committer: UserInfo
    additionalData: String
}

@error("client")
structure CommitDoesNotExistException {}

@error("client")
structure CommitIdDoesNotExistException {}

@error("client")
structure CommitIdRequiredException {}

list CommitIdsInputList {
    member: String
}

@error("client")
structure CommitIdsLimitExceededException {}

@error("client")
structure CommitIdsListRequiredException {}

@error("client")
structure CommitMessageLengthExceededException {}

list CommitObjectsList {
    member: Commit
}

@error("client")
structure CommitRequiredException {}

@error("client")
structure ConcurrentReferenceUpdateException {}

structure Conflict {
    conflictMetadata: ConflictMetadata
    mergeHunks: MergeHunks
}

enum ConflictDetailLevelTypeEnum {
    FILE_LEVEL
    LINE_LEVEL
}

structure ConflictMetadata {
    filePath: String
    fileSizes: FileSizes
    fileModes: FileModes
    objectTypes: ObjectTypes
    numberOfConflicts: Integer
    isBinaryFile: IsBinaryFile
    contentConflict: Boolean
    fileModeConflict: Boolean
    objectTypeConflict: Boolean
    mergeOperations: MergeOperations
}

list ConflictMetadataList {
    member: ConflictMetadata
}

structure ConflictResolution {
    replaceContents: ReplaceContentEntries
    deleteFiles: DeleteFileEntries
    setFileModes: SetFileModeEntries
}

enum ConflictResolutionStrategyTypeEnum {
    NONE
    ACCEPT_SOURCE
    ACCEPT_DESTINATION
    AUTOMERGE
}

list Conflicts {
    member: Conflict
}

structure CreateApprovalRuleTemplateInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
    @required
    approvalRuleTemplateContent: ApprovalRuleTemplateContent
    approvalRuleTemplateDescription: ApprovalRuleTemplateDescription
}

structure CreateApprovalRuleTemplateOutput {
    @required
    approvalRuleTemplate: ApprovalRuleTemplate
}

structure CreateBranchInput {
    @required
    repositoryName: RepositoryName
    @required
    branchName: BranchName
    @required
    commitId: String
}

structure CreateCommitInput {
    @required
    repositoryName: RepositoryName
    @required
    branchName: BranchName
    parentCommitId: String
    authorName: String
    email: String
    commitMessage: String
    keepEmptyFolders: Boolean
    putFiles: PutFileEntries
    deleteFiles: DeleteFileEntries
    setFileModes: SetFileModeEntries
}

structure CreateCommitOutput {
    commitId: String
    treeId: String
    filesAdded: FilesMetadata
    filesUpdated: FilesMetadata
    filesDeleted: FilesMetadata
}

structure CreatePullRequestApprovalRuleInput {
    @required
    pullRequestId: String
    @required
    approvalRuleName: ApprovalRuleName
    @required
    approvalRuleContent: ApprovalRuleContent
}

structure CreatePullRequestApprovalRuleOutput {
    @required
    approvalRule: ApprovalRule
}

structure CreatePullRequestInput {
    @required
    title: Title
    description: Description
    @required
    targets: TargetList
    @idempotencyToken
    clientRequestToken: String
}

structure CreatePullRequestOutput {
    @required
    pullRequest: PullRequest
}

structure CreateRepositoryInput {
    @required
    repositoryName: RepositoryName
    repositoryDescription: RepositoryDescription
    tags: TagsMap
    @memberErrors(invalid: EncryptionKeyInvalidIdException)
    kmsKeyId: KmsKeyId
}

structure CreateRepositoryOutput {
    repositoryMetadata: RepositoryMetadata
}

structure CreateUnreferencedMergeCommitInput {
    @required
    repositoryName: RepositoryName
    @required
    sourceCommitSpecifier: String
    @required
    destinationCommitSpecifier: String
    @required
    mergeOption: MergeOptionTypeEnum
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
    authorName: String
    email: String
    commitMessage: String
    keepEmptyFolders: Boolean
    conflictResolution: ConflictResolution
}

structure CreateUnreferencedMergeCommitOutput {
    commitId: String
    treeId: String
}

@error("client")
structure DefaultBranchCannotBeDeletedException {}

structure DeleteApprovalRuleTemplateInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
}

structure DeleteApprovalRuleTemplateOutput {
    @required
    approvalRuleTemplateId: String
}

structure DeleteBranchInput {
    @required
    repositoryName: RepositoryName
    @required
    branchName: BranchName
}

structure DeleteBranchOutput {
    deletedBranch: BranchInfo
}

structure DeleteCommentContentInput {
    @required
    commentId: String
}

structure DeleteCommentContentOutput {
    comment: Comment
}

list DeleteFileEntries {
    member: DeleteFileEntry
}

structure DeleteFileEntry {
    @required
    filePath: String
}

structure DeleteFileInput {
    @required
    repositoryName: RepositoryName
    @required
    branchName: BranchName
    @required
    filePath: String
    @required
    parentCommitId: String
    keepEmptyFolders: Boolean
    commitMessage: String
    name: String
    email: String
}

structure DeleteFileOutput {
    @required
    commitId: String
    @required
    blobId: String
    @required
    treeId: String
    @required
    filePath: String
}

structure DeletePullRequestApprovalRuleInput {
    @required
    pullRequestId: String
    @required
    approvalRuleName: ApprovalRuleName
}

structure DeletePullRequestApprovalRuleOutput {
    @required
    approvalRuleId: String
}

structure DeleteRepositoryInput {
    @required
    repositoryName: RepositoryName
}

structure DeleteRepositoryOutput {
    repositoryId: String
}

structure DescribeMergeConflictsInput {
    @required
    repositoryName: RepositoryName
    @required
    destinationCommitSpecifier: String
    @required
    sourceCommitSpecifier: String
    @required
    mergeOption: MergeOptionTypeEnum
    maxMergeHunks: Integer
    @required
    filePath: String
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
    nextToken: String
}

structure DescribeMergeConflictsOutput {
    @required
    conflictMetadata: ConflictMetadata
    @required
    mergeHunks: MergeHunks
    nextToken: String
    @required
    destinationCommitId: String
    @required
    sourceCommitId: String
    baseCommitId: String
}

structure DescribePullRequestEventsInput {
    @required
    pullRequestId: String
    pullRequestEventType: PullRequestEventType
    actorArn: String
    nextToken: String
    maxResults: Integer
}

structure DescribePullRequestEventsOutput {
    @required
    pullRequestEvents: PullRequestEventList
    nextToken: String
}

@length(max: 10240)
string Description

structure Difference {
    beforeBlob: BlobMetadata
    afterBlob: BlobMetadata
    changeType: ChangeTypeEnum
}

list DifferenceList {
    member: Difference
}

@error("client")
structure DirectoryNameConflictsWithFileNameException {}

structure DisassociateApprovalRuleTemplateFromRepositoryInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
    @required
    repositoryName: RepositoryName
}

@error("server")
structure EncryptionIntegrityChecksFailedException {}

@error("client")
structure EncryptionKeyAccessDeniedException {}

@error("client")
structure EncryptionKeyDisabledException {}

@error("client")
structure EncryptionKeyInvalidIdException {}

@error("client")
structure EncryptionKeyInvalidUsageException {}

@error("client")
structure EncryptionKeyNotFoundException {}

@error("client")
structure EncryptionKeyRequiredException {}

@error("client")
structure EncryptionKeyUnavailableException {}

structure EvaluatePullRequestApprovalRulesInput {
    @required
    pullRequestId: String
    @required
    revisionId: String
}

structure EvaluatePullRequestApprovalRulesOutput {
    @required
    evaluation: Evaluation
}

structure Evaluation {
    approved: Boolean
    overridden: Boolean
    approvalRulesSatisfied: ApprovalRulesSatisfiedList
    approvalRulesNotSatisfied: ApprovalRulesNotSatisfiedList
}

structure File {
    blobId: String
    absolutePath: String
    relativePath: String
    fileMode: FileModeTypeEnum
}

@length(max: 6291456)
blob FileContent

@error("client")
structure FileContentAndSourceFileSpecifiedException {}

@error("client")
structure FileContentRequiredException {}

@error("client")
structure FileContentSizeLimitExceededException {}

@error("client")
structure FileDoesNotExistException {}

@error("client")
structure FileEntryRequiredException {}

list FileList {
    member: File
}

structure FileMetadata {
    absolutePath: String
    blobId: String
    fileMode: FileModeTypeEnum
}

@error("client")
structure FileModeRequiredException {}

enum FileModeTypeEnum {
    EXECUTABLE
    NORMAL
    SYMLINK
}

structure FileModes {
    source: FileModeTypeEnum
    destination: FileModeTypeEnum
    base: FileModeTypeEnum
}

@error("client")
structure FileNameConflictsWithDirectoryNameException {}

@error("client")
structure FilePathConflictsWithSubmodulePathException {}

list FilePaths {
    member: String
}

structure FileSizes {
    source: Long
    destination: Long
    base: Long
}

@error("client")
structure FileTooLargeException {}

structure FileVersion {
    commit: Commit
    blobId: String
    path: String
    revisionChildren: RevisionChildren
}

list FilesMetadata {
    member: FileMetadata
}

structure Folder {
    treeId: String
    absolutePath: String
    relativePath: String
}

@error("client")
structure FolderContentSizeLimitExceededException {}

@error("client")
structure FolderDoesNotExistException {}

list FolderList {
    member: Folder
}

structure GetApprovalRuleTemplateInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
}

structure GetApprovalRuleTemplateOutput {
    @required
    approvalRuleTemplate: ApprovalRuleTemplate
}

structure GetBlobInput {
    @required
    repositoryName: RepositoryName
    @required
    blobId: String
}

structure GetBlobOutput {
    @required
    content: Blob
}

structure GetBranchInput {
    @required
    repositoryName: RepositoryName
    branchName: BranchName
}

structure GetBranchOutput {
    branch: BranchInfo
}

structure GetCommentInput {
    @required
    commentId: String
}

structure GetCommentOutput {
    comment: Comment
}

structure GetCommentReactionsInput {
    @required
    commentId: String
    reactionUserArn: String
    nextToken: String
    maxResults: Integer
}

structure GetCommentReactionsOutput {
    @required
    reactionsForComment: ReactionsForCommentList
    nextToken: String
}

structure GetCommentsForComparedCommitInput {
    @required
    repositoryName: RepositoryName
    beforeCommitId: String
    @required
    afterCommitId: String
    nextToken: String
    maxResults: Integer
}

structure GetCommentsForComparedCommitOutput {
    commentsForComparedCommitData: CommentsForComparedCommitData
    nextToken: String
}

structure GetCommentsForPullRequestInput {
    @required
    pullRequestId: String
    repositoryName: RepositoryName
    beforeCommitId: String
    afterCommitId: String
    nextToken: String
    maxResults: Integer
}

structure GetCommentsForPullRequestOutput {
    commentsForPullRequestData: CommentsForPullRequestData
    nextToken: String
}

structure GetCommitInput {
    @required
    repositoryName: RepositoryName
    @required
    commitId: String
}

structure GetCommitOutput {
    @required
    commit: Commit
}

structure GetDifferencesInput {
    @required
    repositoryName: RepositoryName
    @memberErrors(invalid: InvalidCommitException)
    beforeCommitSpecifier: String
    @required
    @memberErrors(required: CommitRequiredException, invalid: InvalidCommitException)
    afterCommitSpecifier: String
    @memberErrors(required: PathRequiredException, invalid: InvalidPathException)
    beforePath: String
    afterPath: String
    MaxResults: Integer
    NextToken: String
}

structure GetDifferencesOutput {
    differences: DifferenceList
    NextToken: String
}

structure GetFileInput {
    @required
    repositoryName: RepositoryName
    @memberErrors(invalid: InvalidCommitException)
    commitSpecifier: String
    @required
    @memberErrors(required: PathRequiredException, invalid: InvalidPathException)
    filePath: String
}

structure GetFileOutput {
    @required
    commitId: String
    @required
    blobId: String
    @required
    filePath: String
    @required
    fileMode: FileModeTypeEnum
    @required
    fileSize: Long
    @required
    fileContent: FileContent
}

structure GetFolderInput {
    @required
    repositoryName: RepositoryName
    @memberErrors(invalid: InvalidCommitException)
    commitSpecifier: String
    @required
    @memberErrors(required: PathRequiredException, invalid: InvalidPathException)
    folderPath: String
}

structure GetFolderOutput {
    @required
    commitId: String
    @required
    folderPath: String
    treeId: String
    subFolders: FolderList
    files: FileList
    symbolicLinks: SymbolicLinkList
    subModules: SubModuleList
}

structure GetMergeCommitInput {
    @required
    repositoryName: RepositoryName
    @required
    sourceCommitSpecifier: String
    @required
    destinationCommitSpecifier: String
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
}

structure GetMergeCommitOutput {
    sourceCommitId: String
    destinationCommitId: String
    baseCommitId: String
    mergedCommitId: String
}

structure GetMergeConflictsInput {
    @required
    repositoryName: RepositoryName
    @required
    destinationCommitSpecifier: String
    @required
    sourceCommitSpecifier: String
    @required
    mergeOption: MergeOptionTypeEnum
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    maxConflictFiles: Integer
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
    nextToken: String
}

structure GetMergeConflictsOutput {
    @required
    mergeable: Boolean
    @required
    destinationCommitId: String
    @required
    sourceCommitId: String
    baseCommitId: String
    @required
    conflictMetadataList: ConflictMetadataList
    nextToken: String
}

structure GetMergeOptionsInput {
    @required
    repositoryName: RepositoryName
    @required
    sourceCommitSpecifier: String
    @required
    destinationCommitSpecifier: String
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
}

structure GetMergeOptionsOutput {
    @required
    mergeOptions: MergeOptions
    @required
    sourceCommitId: String
    @required
    destinationCommitId: String
    @required
    baseCommitId: String
}

structure GetPullRequestApprovalStatesInput {
    @required
    pullRequestId: String
    @required
    revisionId: String
}

structure GetPullRequestApprovalStatesOutput {
    approvals: ApprovalList
}

structure GetPullRequestInput {
    @required
    pullRequestId: String
}

structure GetPullRequestOutput {
    @required
    pullRequest: PullRequest
}

structure GetPullRequestOverrideStateInput {
    @required
    pullRequestId: String
    @required
    revisionId: String
}

structure GetPullRequestOverrideStateOutput {
    overridden: Boolean
    overrider: String
}

structure GetRepositoryInput {
    @required
    repositoryName: RepositoryName
}

structure GetRepositoryOutput {
    repositoryMetadata: RepositoryMetadata
}

structure GetRepositoryTriggersInput {
    @required
    repositoryName: RepositoryName
}

structure GetRepositoryTriggersOutput {
    configurationId: String
    triggers: RepositoryTriggersList
}

@error("client")
structure IdempotencyParameterMismatchException {}

@error("client")
structure InvalidActorArnException {}

@error("client")
structure InvalidApprovalRuleContentException {}

@error("client")
structure InvalidApprovalRuleNameException {}

@error("client")
structure InvalidApprovalRuleTemplateContentException {}

@error("client")
structure InvalidApprovalRuleTemplateDescriptionException {}

@error("client")
structure InvalidApprovalRuleTemplateNameException {}

@error("client")
structure InvalidApprovalStateException {}

@error("client")
structure InvalidAuthorArnException {}

@error("client")
structure InvalidBlobIdException {}

@error("client")
structure InvalidBranchNameException {}

@error("client")
structure InvalidClientRequestTokenException {}

@error("client")
structure InvalidCommentIdException {}

@error("client")
structure InvalidCommitException {}

@error("client")
structure InvalidCommitIdException {}

@error("client")
structure InvalidConflictDetailLevelException {}

@error("client")
structure InvalidConflictResolutionException {}

@error("client")
structure InvalidConflictResolutionStrategyException {}

@error("client")
structure InvalidContinuationTokenException {}

@error("client")
structure InvalidDeletionParameterException {}

@error("client")
structure InvalidDescriptionException {}

@error("client")
structure InvalidDestinationCommitSpecifierException {}

@error("client")
structure InvalidEmailException {}

@error("client")
structure InvalidFileLocationException {}

@error("client")
structure InvalidFileModeException {}

@error("client")
structure InvalidFilePositionException {}

@error("client")
structure InvalidMaxConflictFilesException {}

@error("client")
structure InvalidMaxMergeHunksException {}

@error("client")
structure InvalidMaxResultsException {}

@error("client")
structure InvalidMergeOptionException {}

@error("client")
structure InvalidOrderException {}

@error("client")
structure InvalidOverrideStatusException {}

@error("client")
structure InvalidParentCommitIdException {}

@error("client")
structure InvalidPathException {}

@error("client")
structure InvalidPullRequestEventTypeException {}

@error("client")
structure InvalidPullRequestIdException {}

@error("client")
structure InvalidPullRequestStatusException {}

@error("client")
structure InvalidPullRequestStatusUpdateException {}

@error("client")
structure InvalidReactionUserArnException {}

@error("client")
structure InvalidReactionValueException {}

@error("client")
structure InvalidReferenceNameException {}

@error("client")
structure InvalidRelativeFileVersionEnumException {}

@error("client")
structure InvalidReplacementContentException {}

@error("client")
structure InvalidReplacementTypeException {}

@error("client")
structure InvalidRepositoryDescriptionException {}

@error("client")
structure InvalidRepositoryNameException {}

@error("client")
structure InvalidRepositoryTriggerBranchNameException {}

@error("client")
structure InvalidRepositoryTriggerCustomDataException {}

@error("client")
structure InvalidRepositoryTriggerDestinationArnException {}

@error("client")
structure InvalidRepositoryTriggerEventsException {}

@error("client")
structure InvalidRepositoryTriggerNameException {}

@error("client")
structure InvalidRepositoryTriggerRegionException {}

@error("client")
structure InvalidResourceArnException {}

@error("client")
structure InvalidRevisionIdException {}

@error("client")
structure InvalidRuleContentSha256Exception {}

@error("client")
structure InvalidSortByException {}

@error("client")
structure InvalidSourceCommitSpecifierException {}

@error("client")
structure InvalidSystemTagUsageException {}

@error("client")
structure InvalidTagKeysListException {}

@error("client")
structure InvalidTagsMapException {}

@error("client")
structure InvalidTargetBranchException {}

@error("client")
structure InvalidTargetException {}

@error("client")
structure InvalidTargetsException {}

@error("client")
structure InvalidTitleException {}

structure IsBinaryFile {
    source: Boolean
    destination: Boolean
    base: Boolean
}

@pattern("^[a-zA-Z0-9:/_-]+$")
string KmsKeyId

structure ListApprovalRuleTemplatesInput {
    nextToken: String
    maxResults: Integer
}

structure ListApprovalRuleTemplatesOutput {
    approvalRuleTemplateNames: ApprovalRuleTemplateNameList
    nextToken: String
}

structure ListAssociatedApprovalRuleTemplatesForRepositoryInput {
    @required
    repositoryName: RepositoryName
    nextToken: String
    maxResults: Integer
}

structure ListAssociatedApprovalRuleTemplatesForRepositoryOutput {
    approvalRuleTemplateNames: ApprovalRuleTemplateNameList
    nextToken: String
}

structure ListBranchesInput {
    @required
    repositoryName: RepositoryName
    nextToken: String
}

structure ListBranchesOutput {
    branches: BranchNameList
    nextToken: String
}

structure ListFileCommitHistoryRequest {
    @required
    repositoryName: RepositoryName
    commitSpecifier: String
    @required
    filePath: String
    maxResults: Integer
    nextToken: String
}

structure ListFileCommitHistoryResponse {
    @required
    revisionDag: RevisionDag
    nextToken: String
}

structure ListPullRequestsInput {
    @required
    repositoryName: RepositoryName
    authorArn: String
    pullRequestStatus: PullRequestStatusEnum
    nextToken: String
    maxResults: Integer
}

structure ListPullRequestsOutput {
    @required
    pullRequestIds: PullRequestIdList
    nextToken: String
}

structure ListRepositoriesForApprovalRuleTemplateInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
    nextToken: String
    maxResults: Integer
}

structure ListRepositoriesForApprovalRuleTemplateOutput {
    repositoryNames: RepositoryNameList
    nextToken: String
}

structure ListRepositoriesInput {
    nextToken: String
    sortBy: SortByEnum
    order: OrderEnum
}

structure ListRepositoriesOutput {
    repositories: RepositoryNameIdPairList
    nextToken: String
}

structure ListTagsForResourceInput {
    @required
    resourceArn: String
    nextToken: String
}

structure ListTagsForResourceOutput {
    tags: TagsMap
    nextToken: String
}

structure Location {
    filePath: String
    filePosition: Long
    relativeFileVersion: RelativeFileVersionEnum
}

@error("client")
structure ManualMergeRequiredException {}

@error("client")
structure MaximumBranchesExceededException {}

@error("client")
structure MaximumConflictResolutionEntriesExceededException {}

@error("client")
structure MaximumFileContentToLoadExceededException {}

@error("client")
structure MaximumFileEntriesExceededException {}

@error("client")
structure MaximumItemsToCompareExceededException {}

@error("client")
structure MaximumNumberOfApprovalsExceededException {}

@error("client")
structure MaximumOpenPullRequestsExceededException {}

@error("client")
structure MaximumRepositoryNamesExceededException {}

@error("client")
structure MaximumRepositoryTriggersExceededException {}

@error("client")
structure MaximumRuleTemplatesAssociatedWithRepositoryException {}

structure MergeBranchesByFastForwardInput {
    @required
    repositoryName: RepositoryName
    @required
    sourceCommitSpecifier: String
    @required
    destinationCommitSpecifier: String
    targetBranch: BranchName
}

structure MergeBranchesByFastForwardOutput {
    commitId: String
    treeId: String
}

structure MergeBranchesBySquashInput {
    @required
    repositoryName: RepositoryName
    @required
    sourceCommitSpecifier: String
    @required
    destinationCommitSpecifier: String
    targetBranch: BranchName
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
    authorName: String
    email: String
    commitMessage: String
    keepEmptyFolders: Boolean
    conflictResolution: ConflictResolution
}

structure MergeBranchesBySquashOutput {
    commitId: String
    treeId: String
}

structure MergeBranchesByThreeWayInput {
    @required
    repositoryName: RepositoryName
    @required
    sourceCommitSpecifier: String
    @required
    destinationCommitSpecifier: String
    targetBranch: BranchName
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
    authorName: String
    email: String
    commitMessage: String
    keepEmptyFolders: Boolean
    conflictResolution: ConflictResolution
}

structure MergeBranchesByThreeWayOutput {
    commitId: String
    treeId: String
}

structure MergeHunk {
    isConflict: Boolean
    source: MergeHunkDetail
    destination: MergeHunkDetail
    base: MergeHunkDetail
}

structure MergeHunkDetail {
    startLine: Integer
    endLine: Integer
    hunkContent: String
}

list MergeHunks {
    member: MergeHunk
}

structure MergeMetadata {
    isMerged: Boolean
    mergedBy: String
    mergeCommitId: String
    mergeOption: MergeOptionTypeEnum
}

structure MergeOperations {
    source: ChangeTypeEnum
    destination: ChangeTypeEnum
}

@error("client")
structure MergeOptionRequiredException {}

enum MergeOptionTypeEnum {
    FAST_FORWARD_MERGE
    SQUASH_MERGE
    THREE_WAY_MERGE
}

list MergeOptions {
    member: MergeOptionTypeEnum
}

structure MergePullRequestByFastForwardInput {
    @required
    pullRequestId: String
    @required
    repositoryName: RepositoryName
    sourceCommitId: String
}

structure MergePullRequestByFastForwardOutput {
    pullRequest: PullRequest
}

structure MergePullRequestBySquashInput {
    @required
    pullRequestId: String
    @required
    repositoryName: RepositoryName
    sourceCommitId: String
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
    commitMessage: String
    authorName: String
    email: String
    keepEmptyFolders: Boolean
    conflictResolution: ConflictResolution
}

structure MergePullRequestBySquashOutput {
    pullRequest: PullRequest
}

structure MergePullRequestByThreeWayInput {
    @required
    pullRequestId: String
    @required
    repositoryName: RepositoryName
    sourceCommitId: String
    conflictDetailLevel: ConflictDetailLevelTypeEnum
    conflictResolutionStrategy: ConflictResolutionStrategyTypeEnum
    commitMessage: String
    authorName: String
    email: String
    keepEmptyFolders: Boolean
    conflictResolution: ConflictResolution
}

structure MergePullRequestByThreeWayOutput {
    pullRequest: PullRequest
}

@error("client")
structure MultipleConflictResolutionEntriesException {}

@error("client")
structure MultipleRepositoriesInPullRequestException {}

@error("client")
structure NameLengthExceededException {}

@error("client")
structure NoChangeException {}

@error("client")
structure NumberOfRuleTemplatesExceededException {}

@error("client")
structure NumberOfRulesExceededException {}

enum ObjectTypeEnum {
    FILE
    DIRECTORY
    GIT_LINK
    SYMBOLIC_LINK
}

structure ObjectTypes {
    source: ObjectTypeEnum
    destination: ObjectTypeEnum
    base: ObjectTypeEnum
}

@error("client")
structure OperationNotAllowedException {}

enum OrderEnum {
    ASCENDING = "ascending"
    DESCENDING = "descending"
}

structure OriginApprovalRuleTemplate {
    approvalRuleTemplateId: String
    approvalRuleTemplateName: ApprovalRuleTemplateName
}

@error("client")
structure OverrideAlreadySetException {}

structure OverridePullRequestApprovalRulesInput {
    @required
    pullRequestId: String
    @required
    revisionId: String
    @required
    overrideStatus: OverrideStatus
}

enum OverrideStatus {
    OVERRIDE
    REVOKE
}

@error("client")
structure OverrideStatusRequiredException {}

@error("client")
structure ParentCommitDoesNotExistException {}

@error("client")
structure ParentCommitIdOutdatedException {}

@error("client")
structure ParentCommitIdRequiredException {}

list ParentList {
    member: String
}

@error("client")
structure PathDoesNotExistException {}

@error("client")
structure PathRequiredException {}

structure PostCommentForComparedCommitInput {
    @required
    repositoryName: RepositoryName
    beforeCommitId: String
    @required
    afterCommitId: String
    location: Location
    @required
    content: String
    @idempotencyToken
    clientRequestToken: String
}

structure PostCommentForComparedCommitOutput {
    repositoryName: RepositoryName
    beforeCommitId: String
    afterCommitId: String
    beforeBlobId: String
    afterBlobId: String
    location: Location
    comment: Comment
}

structure PostCommentForPullRequestInput {
    @required
    pullRequestId: String
    @required
    repositoryName: RepositoryName
    @required
    beforeCommitId: String
    @required
    afterCommitId: String
    location: Location
    @required
    content: String
    @idempotencyToken
    clientRequestToken: String
}

structure PostCommentForPullRequestOutput {
    repositoryName: RepositoryName
    pullRequestId: String
    beforeCommitId: String
    afterCommitId: String
    beforeBlobId: String
    afterBlobId: String
    location: Location
    comment: Comment
}

structure PostCommentReplyInput {
    @required
    inReplyTo: String
    @idempotencyToken
    clientRequestToken: String
    @required
    content: String
}

structure PostCommentReplyOutput {
    comment: Comment
}

structure PullRequest {
    pullRequestId: String
    title: Title
    description: Description
    lastActivityDate: Timestamp
    creationDate: Timestamp
    pullRequestStatus: PullRequestStatusEnum
    authorArn: String
    pullRequestTargets: PullRequestTargetList
    clientRequestToken: String
    revisionId: String
    approvalRules: ApprovalRulesList
}

@error("client")
structure PullRequestAlreadyClosedException {}

@error("client")
structure PullRequestApprovalRulesNotSatisfiedException {}

@error("client")
structure PullRequestCannotBeApprovedByAuthorException {}

structure PullRequestCreatedEventMetadata {
    repositoryName: RepositoryName
    sourceCommitId: String
    destinationCommitId: String
    mergeBase: String
}

@error("client")
structure PullRequestDoesNotExistException {}

structure PullRequestEvent {
    pullRequestId: String
    eventDate: Timestamp
    pullRequestEventType: PullRequestEventType
    actorArn: String
    pullRequestCreatedEventMetadata: PullRequestCreatedEventMetadata
    pullRequestStatusChangedEventMetadata: PullRequestStatusChangedEventMetadata
    pullRequestSourceReferenceUpdatedEventMetadata: PullRequestSourceReferenceUpdatedEventMetadata
    pullRequestMergedStateChangedEventMetadata: PullRequestMergedStateChangedEventMetadata
    approvalRuleEventMetadata: ApprovalRuleEventMetadata
    approvalStateChangedEventMetadata: ApprovalStateChangedEventMetadata
    approvalRuleOverriddenEventMetadata: ApprovalRuleOverriddenEventMetadata
}

list PullRequestEventList {
    member: PullRequestEvent
}

enum PullRequestEventType {
    PULL_REQUEST_CREATED
    PULL_REQUEST_STATUS_CHANGED
    PULL_REQUEST_SOURCE_REFERENCE_UPDATED
    PULL_REQUEST_MERGE_STATE_CHANGED
    PULL_REQUEST_APPROVAL_RULE_CREATED
    PULL_REQUEST_APPROVAL_RULE_UPDATED
    PULL_REQUEST_APPROVAL_RULE_DELETED
    PULL_REQUEST_APPROVAL_RULE_OVERRIDDEN
    PULL_REQUEST_APPROVAL_STATE_CHANGED
}

list PullRequestIdList {
    member: String
}

@error("client")
structure PullRequestIdRequiredException {}

structure PullRequestMergedStateChangedEventMetadata {
    repositoryName: RepositoryName
    destinationReference: String
    mergeMetadata: MergeMetadata
}

structure PullRequestSourceReferenceUpdatedEventMetadata {
    repositoryName: RepositoryName
    beforeCommitId: String
    afterCommitId: String
    mergeBase: String
}

structure PullRequestStatusChangedEventMetadata {
    pullRequestStatus: PullRequestStatusEnum
}

enum PullRequestStatusEnum {
    OPEN
    CLOSED
}

@error("client")
structure PullRequestStatusRequiredException {}

structure PullRequestTarget {
    repositoryName: RepositoryName
    sourceReference: String
    destinationReference: String
    destinationCommit: String
    sourceCommit: String
    mergeBase: String
    mergeMetadata: MergeMetadata
}

list PullRequestTargetList {
    member: PullRequestTarget
}

structure PutCommentReactionInput {
    @required
    commentId: String
    @required
    reactionValue: String
}

list PutFileEntries {
    member: PutFileEntry
}

structure PutFileEntry {
    @required
    filePath: String
    fileMode: FileModeTypeEnum
    fileContent: FileContent
    sourceFile: SourceFileSpecifier
}

@error("client")
structure PutFileEntryConflictException {}

structure PutFileInput {
    @required
    repositoryName: RepositoryName
    @required
    branchName: BranchName
    @required
    @memberErrors(required: FileContentRequiredException, invalid: FileContentSizeLimitExceededException)
    fileContent: FileContent
    @required
    @memberErrors(required: PathRequiredException, invalid: InvalidPathException)
    filePath: String
    fileMode: FileModeTypeEnum
    parentCommitId: String
    commitMessage: String
    name: String
    email: String
}

structure PutFileOutput {
    @required
    commitId: String
    @required
    blobId: String
    @required
    treeId: String
}

structure PutRepositoryTriggersInput {
    @required
    repositoryName: RepositoryName
    @required
    triggers: RepositoryTriggersList
}

structure PutRepositoryTriggersOutput {
    configurationId: String
}

map ReactionCountsMap {
    key: String
    value: Integer
}

structure ReactionForComment {
    reaction: ReactionValueFormats
    reactionUsers: ReactionUsersList
    reactionsFromDeletedUsersCount: Integer
}

@error("client")
structure ReactionLimitExceededException {}

list ReactionUsersList {
    member: String
}

structure ReactionValueFormats {
    emoji: String
    shortCode: String
    unicode: String
}

@error("client")
structure ReactionValueRequiredException {}

list ReactionsForCommentList {
    member: ReactionForComment
}

@error("client")
structure ReferenceDoesNotExistException {}

@error("client")
structure ReferenceNameRequiredException {}

@error("client")
structure ReferenceTypeNotSupportedException {}

enum RelativeFileVersionEnum {
    BEFORE
    AFTER
}

list ReplaceContentEntries {
    member: ReplaceContentEntry
}

structure ReplaceContentEntry {
    @required
    filePath: String
    @required
    replacementType: ReplacementTypeEnum
    content: FileContent
    fileMode: FileModeTypeEnum
}

@error("client")
structure ReplacementContentRequiredException {}

enum ReplacementTypeEnum {
    KEEP_BASE
    KEEP_SOURCE
    KEEP_DESTINATION
    USE_NEW_CONTENT
}

@error("client")
structure ReplacementTypeRequiredException {}

@length(max: 1000)
string RepositoryDescription

@error("client")
structure RepositoryDoesNotExistException {}

@error("client")
structure RepositoryLimitExceededException {}

structure RepositoryMetadata {
    accountId: String
    repositoryId: String
    repositoryName: RepositoryName
    repositoryDescription: RepositoryDescription
    defaultBranch: BranchName
    lastModifiedDate: Timestamp
    creationDate: Timestamp
    cloneUrlHttp: String
    cloneUrlSsh: String
    Arn: String
    kmsKeyId: KmsKeyId
}

list RepositoryMetadataList {
    member: RepositoryMetadata
}

@length(min: 1, max: 100)
@pattern("[\\w\\.-]+")
string RepositoryName

@error("client")
structure RepositoryNameExistsException {}

structure RepositoryNameIdPair {
    repositoryName: RepositoryName
    repositoryId: String
}

list RepositoryNameIdPairList {
    member: RepositoryNameIdPair
}

list RepositoryNameList {
    member: RepositoryName
}

@error("client")
structure RepositoryNameRequiredException {}

@error("client")
structure RepositoryNamesRequiredException {}

@error("client")
structure RepositoryNotAssociatedWithPullRequestException {}

list RepositoryNotFoundList {
    member: RepositoryName
}

structure RepositoryTrigger {
    @required
    name: String
    @required
    destinationArn: String
    customData: String
    branches: BranchNameList
    @required
    events: RepositoryTriggerEventList
}

@error("client")
structure RepositoryTriggerBranchNameListRequiredException {}

@error("client")
structure RepositoryTriggerDestinationArnRequiredException {}

enum RepositoryTriggerEventEnum {
    ALL = "all"
    UPDATE_REFERENCE = "updateReference"
    CREATE_REFERENCE = "createReference"
    DELETE_REFERENCE = "deleteReference"
}

list RepositoryTriggerEventList {
    member: RepositoryTriggerEventEnum
}

@error("client")
structure RepositoryTriggerEventsListRequiredException {}

structure RepositoryTriggerExecutionFailure {
    trigger: String
    failureMessage: String
}

list RepositoryTriggerExecutionFailureList {
    member: RepositoryTriggerExecutionFailure
}

list RepositoryTriggerNameList {
    member: String
}

@error("client")
structure RepositoryTriggerNameRequiredException {}

list RepositoryTriggersList {
    member: RepositoryTrigger
}

@error("client")
structure RepositoryTriggersListRequiredException {}

@error("client")
structure ResourceArnRequiredException {}

@error("client")
structure RestrictedSourceFileException {}

list RevisionChildren {
    member: String
}

list RevisionDag {
    member: FileVersion
}

@error("client")
structure RevisionIdRequiredException {}

@error("client")
structure RevisionNotCurrentException {}

@error("client")
structure SameFileContentException {}

@error("client")
structure SamePathRequestException {}

list SetFileModeEntries {
    member: SetFileModeEntry
}

structure SetFileModeEntry {
    @required
    filePath: String
    @required
    fileMode: FileModeTypeEnum
}

enum SortByEnum {
    REPOSITORY_NAME = "repositoryName"
    LAST_MODIFIED_DATE = "lastModifiedDate"
}

@error("client")
structure SourceAndDestinationAreSameException {}

@error("client")
structure SourceFileOrContentRequiredException {}

structure SourceFileSpecifier {
    @required
    filePath: String
    isMove: Boolean
}

structure SubModule {
    commitId: String
    absolutePath: String
    relativePath: String
}

list SubModuleList {
    member: SubModule
}

structure SymbolicLink {
    blobId: String
    absolutePath: String
    relativePath: String
    fileMode: FileModeTypeEnum
}

list SymbolicLinkList {
    member: SymbolicLink
}

@length(min: 1, max: 128)
string TagKey

list TagKeysList {
    member: TagKey
}

@error("client")
structure TagKeysListRequiredException {}

@error("client")
structure TagPolicyException {}

structure TagResourceInput {
    @required
    resourceArn: String
    @required
    tags: TagsMap
}

@length(min: 0, max: 256)
string TagValue

map TagsMap {
    key: TagKey
    value: TagValue
}

@error("client")
structure TagsMapRequiredException {}

structure Target {
    @required
    repositoryName: RepositoryName
    @required
    sourceReference: String
    destinationReference: String
}

list TargetList {
    member: Target
}

@error("client")
structure TargetRequiredException {}

@error("client")
structure TargetsRequiredException {}

structure TestRepositoryTriggersInput {
    @required
    repositoryName: RepositoryName
    @required
    triggers: RepositoryTriggersList
}

structure TestRepositoryTriggersOutput {
    successfulExecutions: RepositoryTriggerNameList
    failedExecutions: RepositoryTriggerExecutionFailureList
}

@error("client")
structure TipOfSourceReferenceIsDifferentException {}

@error("client")
structure TipsDivergenceExceededException {}

@length(max: 150)
string Title

@error("client")
structure TitleRequiredException {}

@error("client")
structure TooManyTagsException {}

structure UntagResourceInput {
    @required
    resourceArn: String
    @required
    tagKeys: TagKeysList
}

structure UpdateApprovalRuleTemplateContentInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
    @required
    newRuleContent: ApprovalRuleTemplateContent
    existingRuleContentSha256: String
}

structure UpdateApprovalRuleTemplateContentOutput {
    @required
    approvalRuleTemplate: ApprovalRuleTemplate
}

structure UpdateApprovalRuleTemplateDescriptionInput {
    @required
    approvalRuleTemplateName: ApprovalRuleTemplateName
    @required
    approvalRuleTemplateDescription: ApprovalRuleTemplateDescription
}

structure UpdateApprovalRuleTemplateDescriptionOutput {
    @required
    approvalRuleTemplate: ApprovalRuleTemplate
}

structure UpdateApprovalRuleTemplateNameInput {
    @required
    oldApprovalRuleTemplateName: ApprovalRuleTemplateName
    @required
    newApprovalRuleTemplateName: ApprovalRuleTemplateName
}

structure UpdateApprovalRuleTemplateNameOutput {
    @required
    approvalRuleTemplate: ApprovalRuleTemplate
}

structure UpdateCommentInput {
    @required
    commentId: String
    @required
    content: String
}

structure UpdateCommentOutput {
    comment: Comment
}

structure UpdateDefaultBranchInput {
    @required
    repositoryName: RepositoryName
    @required
    @memberErrors(required: BranchNameRequiredException, invalid: InvalidBranchNameException)
    defaultBranchName: BranchName
}

structure UpdatePullRequestApprovalRuleContentInput {
    @required
    pullRequestId: String
    @required
    approvalRuleName: ApprovalRuleName
    existingRuleContentSha256: String
    @required
    newRuleContent: ApprovalRuleContent
}

structure UpdatePullRequestApprovalRuleContentOutput {
    @required
    approvalRule: ApprovalRule
}

structure UpdatePullRequestApprovalStateInput {
    @required
    pullRequestId: String
    @required
    revisionId: String
    @required
    approvalState: ApprovalState
}

structure UpdatePullRequestDescriptionInput {
    @required
    pullRequestId: String
    @required
    description: Description
}

structure UpdatePullRequestDescriptionOutput {
    @required
    pullRequest: PullRequest
}

structure UpdatePullRequestStatusInput {
    @required
    pullRequestId: String
    @required
    pullRequestStatus: PullRequestStatusEnum
}

structure UpdatePullRequestStatusOutput {
    @required
    pullRequest: PullRequest
}

structure UpdatePullRequestTitleInput {
    @required
    pullRequestId: String
    @required
    title: Title
}

structure UpdatePullRequestTitleOutput {
    @required
    pullRequest: PullRequest
}

structure UpdateRepositoryDescriptionInput {
    @required
    repositoryName: RepositoryName
    repositoryDescription: RepositoryDescription
}

structure UpdateRepositoryEncryptionKeyInput {
    @required
    repositoryName: RepositoryName
    @required
    kmsKeyId: KmsKeyId
}

structure UpdateRepositoryEncryptionKeyOutput {
    repositoryId: String
    kmsKeyId: KmsKeyId
    originalKmsKeyId: KmsKeyId
}

structure UpdateRepositoryNameInput {
    @required
    @memberErrors(required: RepositoryNameRequiredException, invalid: InvalidRepositoryNameException)
    oldName: RepositoryName
    @required
    newName: RepositoryName
}

structure UserInfo {
    name: String
    email: String
    date: String
}
