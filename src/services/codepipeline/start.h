/* start - an action of a stage begins (private to services/codepipeline) */
#pragma once

#include "services/codepipeline/engine.h"

/* Records and starts it; an action that cannot start has failed: that is no error. */
MUST_CHECK int action_start(struct engine *e, struct execution *x,
        const struct codepipeline_PipelineDeclaration *d,
        const struct codepipeline_ActionDeclaration *as);
