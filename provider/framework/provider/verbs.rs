//! Check, Diff, Create, Read, Update, Delete and Construct, each handed to the type that it concerns.

use std::sync::Arc;

use super::{
    CheckRequest, Configured, ConstructFailure, ConstructRequest, Constructed, CreateRequest, DeleteRequest,
    DiffRequest, Provider, ReadRequest, UpdateRequest,
};
use crate::{
    cloud::Cloud,
    engine::Monitor,
    error::Result,
    problem::Problems,
    resource::{AnyResource, Difference, Failure, Made, ReadBack, Wanted},
    value::{Map, Urn, without_nulls},
};

impl<C: Cloud> Provider<C> {
    /// The checked inputs of a resource, and everything that is wrong with them.
    ///
    /// # Errors
    ///
    /// When there is no such type, or the provider isn't configured.
    pub fn check(&self, request: CheckRequest) -> Result<(Map, Problems)> {
        let configured = self.configured()?;
        Ok(self.resource(&request.urn)?.check(Wanted {
            urn: &request.urn,
            olds: &without_nulls(request.olds),
            news: request.news,
            autonaming: request.autonaming,
            cloud: &configured.cloud,
            identity: &configured.identity,
            owners: &configured.adoption.owners,
        }))
    }

    /// Whether Check of that resource looks at the user's files, which may take its time.
    #[must_use]
    pub fn looks_around(&self, urn: &Urn) -> bool {
        self.resource(urn).is_ok_and(AnyResource::looks_around)
    }

    /// What would have to change.
    ///
    /// # Errors
    ///
    /// When there is no such type, when it holds data and would have to be replaced, or when another
    /// resource has adopted it in this deployment.
    pub fn diff(&self, request: &DiffRequest) -> Result<Difference> {
        self.hold(&request.urn, &request.id, &request.olds)?;
        let old_inputs = if request.old_inputs.is_empty() { &request.olds } else { &request.old_inputs };
        let (old, new) = (without_nulls(old_inputs.clone()), without_nulls(request.news.clone()));
        self.resource(&request.urn)?.diff(&request.olds, &old, &new)
    }

    /// Makes a resource, or says what would be made.
    ///
    /// # Errors
    ///
    /// What failed, and whether the resource exists all the same.
    pub async fn create(&self, request: CreateRequest) -> Result<Made, Failure> {
        let resource = self.resource(&request.urn)?;
        let cx = self.cx(&request.urn, request.properties.clone(), request.timeout);
        if request.preview {
            return resource.preview_create(cx, request.properties).await;
        }
        let cx = cx?;
        let Configured { identity, adoption, .. } = &*self.configured()?;
        let owner = adoption.owners.owner(identity, &request.urn, &request.properties, C::now(&cx));
        resource.create(cx, request.properties, adoption, owner).await
    }

    /// What stands in the cloud, or nothing.
    ///
    /// # Errors
    ///
    /// When that can't be told.
    pub async fn read(&self, request: ReadRequest) -> Result<Option<ReadBack>, Failure> {
        let resource = self.resource(&request.urn)?;
        let known = request.inputs.map(without_nulls).filter(|inputs| !inputs.is_empty());
        let recorded = over(resource, request.properties.unwrap_or_default(), known.clone().unwrap_or_default());
        let cx = self.cx(&request.urn, recorded, request.timeout)?;
        Ok(resource.read(cx, request.id, known).await?)
    }

    /// Changes a resource, or says what it would be.
    ///
    /// # Errors
    ///
    /// What failed, with all that is known of the resource.
    pub async fn update(&self, request: UpdateRequest) -> Result<Map, Failure> {
        let resource = self.resource(&request.urn)?;
        let old_inputs = without_nulls(request.old_inputs);
        if request.preview {
            return Ok(resource.preview_update(&old_inputs, &request.olds, &request.news));
        }
        self.hold(&request.urn, &request.id, &request.olds)?;
        let cx = self.cx(&request.urn, over(resource, request.olds, request.news.clone()), request.timeout)?;
        resource.update(cx, request.id, old_inputs, request.news).await
    }

    /// Notes that the state has that thing under that URN. Where it can't be told where it is, nobody can adopt it.
    fn hold(&self, urn: &Urn, id: &str, outputs: &Map) -> Result<()> {
        let Ok(configured) = self.configured() else { return Ok(()) };
        match configured.cloud.session(outputs) {
            Ok(session) => configured.adoption.hold(&session, urn, id),
            Err(_) => Ok(()),
        }
    }

    /// Ends a resource; one that is gone already is fine.
    ///
    /// # Errors
    ///
    /// What is in the way.
    pub async fn delete(&self, request: DeleteRequest) -> Result<(), Failure> {
        let resource = self.resource(&request.urn)?;
        let was = over(resource, request.properties, request.old_inputs);
        let cx = self.cx(&request.urn, was.clone(), request.timeout)?;
        let configured = self.configured()?;
        Ok(resource.delete(cx, request.id, was, &configured.adoption).await?)
    }

    /// Makes a component with everything in it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with its inputs, or what failed first.
    pub async fn construct(
        &self,
        request: ConstructRequest,
        monitor: Arc<dyn Monitor>,
    ) -> Result<Constructed, ConstructFailure> {
        let failed = |message: String| ConstructFailure::Failed(message);
        let configured = self.configured().map_err(|error| failed(error.to_string()))?;
        let component = self
            .registry
            .component(&request.kind, self.package.name)
            .ok_or_else(|| failed(format!("{} has no component type {}", self.package.name, request.kind)))?;
        component.construct(request, configured.cloud.clone(), &configured.identity, self.package.name, monitor).await
    }
}

/// Outputs, and over them the inputs. What the program doesn't say any more isn't an output either, unless the cloud chose it.
fn over<C: Cloud>(resource: &dyn AnyResource<C>, mut outputs: Map, inputs: Map) -> Map {
    if !inputs.is_empty() {
        for field in resource.inputs().into_iter().filter(|field| !field.computed) {
            outputs.remove(field.name);
        }
    }
    outputs.extend(inputs);
    outputs
}
